import torch
import torchvision
from torch import nn
from torch.optim.lr_scheduler import MultiStepLR
from torch.utils.data import DataLoader
from torchvision.transforms import ToTensor

torch.manual_seed(8)
train = torchvision.datasets.FashionMNIST("data", train=True, transform=ToTensor(), download=True)
loader = DataLoader(train, batch_size=128, shuffle=True)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
scheduler = MultiStepLR(optimizer, milestones=[10_000, 15_000])
criterion = nn.CrossEntropyLoss()
for epoch in range(40):
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        scheduler.step()
        optimizer.step()
