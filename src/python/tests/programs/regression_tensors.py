import torch
from sklearn.datasets import make_friedman1
from sklearn.model_selection import train_test_split
from torch import nn

torch.manual_seed(0)
X, y = make_friedman1(n_samples=1000, n_features=8, noise=0.5, random_state=0)
X_train, X_test, y_train, y_test = train_test_split(X, y, train_size=0.8, random_state=1)
y_mean, y_std = y_train.mean(), y_train.std()
X_train = torch.tensor((X_train - 0.5) / 0.29, dtype=torch.float32)
X_test = torch.tensor((X_test - 0.5) / 0.29, dtype=torch.float32)
y_train = torch.tensor((y_train - y_mean) / y_std, dtype=torch.float32).reshape(-1, 1)
y_test = torch.tensor((y_test - y_mean) / y_std, dtype=torch.float32).reshape(-1, 1)

model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))
loss_fn = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
n_epochs = 60
batch_size = 20

for epoch in range(n_epochs):
    model.train()
    permutation = torch.randperm(len(X_train))
    for start in range(0, len(X_train), batch_size):
        index = permutation[start : start + batch_size]
        y_pred = model(X_train[index])
        loss = loss_fn(y_pred, y_train[index])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        mse = loss_fn(model(X_test), y_test)
    print(f"epoch {epoch}: test mse {float(mse):.4f}")
