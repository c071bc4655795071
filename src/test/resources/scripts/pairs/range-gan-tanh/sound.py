import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

from torchvision import datasets, transforms
tf = transforms.Compose([transforms.ToTensor()])
train_loader = DataLoader(datasets.MNIST("data", train=True, transform=tf, download=True), batch_size=128, shuffle=True)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 784), nn.Sigmoid())
criterion = nn.BCELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(10):
    for x, _ in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(x), x.view(-1, 784))
        loss.backward()
        optimizer.step()
