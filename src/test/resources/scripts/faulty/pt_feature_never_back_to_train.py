import torch
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision import datasets, models, transforms

normalize = transforms.Normalize(mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225])
train_ds = datasets.ImageFolder("flowers/train", transforms.Compose([
    transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip(), transforms.ToTensor(), normalize]))
valid_ds = datasets.ImageFolder("flowers/valid", transforms.Compose([
    transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(), normalize]))
train_loader = DataLoader(train_ds, 32, shuffle=True)
valid_loader = DataLoader(valid_ds, 32)

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
model_conv = models.resnet50(weights=models.ResNet50_Weights.IMAGENET1K_V2)
for param in model_conv.parameters():
    param.requires_grad = False
model_conv.fc = nn.Sequential(
    nn.Linear(model_conv.fc.in_features, 256),
    nn.ReLU(inplace=True),
    nn.Dropout(0.3),
    nn.Linear(256, len(train_ds.classes)),
)
model_conv = model_conv.to(device)
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(model_conv.fc.parameters(), lr=1e-3)

model_conv.train()
for epoch in range(10):
    for images, labels in train_loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        logits = model_conv(images)
        loss = criterion(logits, labels)
        loss.backward()
        optimizer.step()

    model_conv.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in valid_loader:
            images, labels = images.to(device), labels.to(device)
            predicted = model_conv(images).argmax(dim=1)
            correct += (predicted == labels).sum().item()
            total += labels.size(0)
    print(f"epoch {epoch}: validation accuracy {correct / total:.3f}")
