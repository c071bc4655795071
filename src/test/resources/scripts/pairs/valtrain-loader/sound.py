import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

from torchvision import datasets, transforms
tf = transforms.ToTensor()
train_set = datasets.MNIST("data", train=True, transform=tf, download=True)
val_set = datasets.MNIST("data", train=False, transform=tf)
train_loader = DataLoader(train_set, batch_size=64, shuffle=True)
val_loader = DataLoader(val_set, batch_size=256)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

for epoch in range(20):
    model.train()
    for xb, yb in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        correct = 0
        for xb, yb in val_loader:
            correct += (model(xb).argmax(1) == yb).sum().item()
    print(epoch, loss.item(), correct / len(val_loader.dataset))
