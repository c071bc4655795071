import torch
from torch import nn
from torch.utils.data import DataLoader, WeightedRandomSampler, Subset
from torchvision import datasets, transforms
from sklearn.model_selection import train_test_split

plain = transforms.Compose([transforms.Resize((64, 64)), transforms.ToTensor()])
folder = datasets.ImageFolder("moles", transform=plain)
train_idx, val_idx = train_test_split(range(len(folder)), test_size=0.2, stratify=folder.targets, random_state=0)
counts = torch.bincount(torch.tensor(folder.targets)[train_idx])
weights = (1.0 / counts)[torch.tensor(folder.targets)[train_idx]]
sampler = WeightedRandomSampler(weights, len(train_idx))
train_loader = DataLoader(Subset(folder, train_idx), batch_size=32, sampler=sampler, shuffle=False)
val_loader = DataLoader(Subset(folder, val_idx), batch_size=64)

cnn = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU(), nn.MaxPool2d(4), nn.Conv2d(16, 32, 3), nn.ReLU(),
                    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, len(folder.classes)))
optim = torch.optim.AdamW(cnn.parameters(), lr=5e-4)
objective = nn.CrossEntropyLoss()
for epoch in range(12):
    for inputs, targets in train_loader:
        optim.zero_grad()
        objective(cnn(inputs), targets).backward()
        optim.step()
    with torch.no_grad():
        ok = sum((cnn(inputs).argmax(1) == targets).sum().item() for inputs, targets in val_loader)
    print(epoch, ok / len(val_idx))
