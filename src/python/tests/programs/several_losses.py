import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.decoder = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 64))
        self.classifier = nn.Linear(32, 10)

    def forward(self, x):
        z = self.encoder(x)
        return self.decoder(z), self.classifier(z)


torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.data / 16, dtype=torch.float32)
dataset = TensorDataset(images - images.mean(), torch.tensor(digits.target))
train_set, val_set = random_split(dataset, [1500, 297])
train_loader = DataLoader(train_set, batch_size=50, shuffle=True)
val_loader = DataLoader(val_set, batch_size=297)
model = Model()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

for epoch in range(1, 31):
    model.train()
    for x, y in train_loader:
        reconstruction, logits = model(x)
        loss_rec = F.mse_loss(reconstruction, x)
        loss_cls = F.cross_entropy(logits, y)
        loss = 0.5 * loss_rec + loss_cls
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        for x, y in val_loader:
            reconstruction, logits = model(x)
            val_loss = F.cross_entropy(logits, y)
            accuracy = (logits.argmax(1) == y).float().mean()
    print(f"Epoch {epoch}: loss {loss.item():.4f} val_loss {val_loss.item():.4f} val_accuracy {accuracy.item():.4f}")
