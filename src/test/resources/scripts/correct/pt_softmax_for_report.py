import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

iris = load_iris()
xa, xb, ya, yb = train_test_split(iris.data, iris.target, test_size=0.3, random_state=4)
mu, sigma = xa.mean(0), xa.std(0)
to = lambda a: torch.tensor((a - mu) / sigma, dtype=torch.float32)
train = DataLoader(TensorDataset(to(xa), torch.tensor(ya)), batch_size=16, shuffle=True)


class IrisNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 16)
        self.out = nn.Linear(16, 3)

    def forward(self, x):
        return self.out(torch.tanh(self.hidden(x)))

    @torch.no_grad()
    def predict_proba(self, x):
        return torch.softmax(self(x), dim=1)


net = IrisNet()
criterion = nn.CrossEntropyLoss()
sgd = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
for epoch in range(100):
    epoch_loss = 0
    for x, y in train:
        scores = net(x)
        probabilities = torch.softmax(scores, dim=1)
        loss = criterion(scores, y)
        sgd.zero_grad()
        loss.backward()
        sgd.step()
        epoch_loss += loss.item()
confidence = net.predict_proba(to(xb))
print("accuracy", (confidence.argmax(1).numpy() == yb).mean(), "confidence", confidence.max(1).values.mean().item())
