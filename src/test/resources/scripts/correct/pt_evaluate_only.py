import sys

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, models, transforms

tf = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
                         transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
loader = DataLoader(datasets.ImageFolder(sys.argv[1], tf), batch_size=64, num_workers=4)
net = models.resnet34(weights=None)
net.fc = nn.Linear(net.fc.in_features, len(loader.dataset.classes))
state = torch.load(sys.argv[2], map_location="cpu")
net.load_state_dict({k.replace("module.", ""): v for k, v in state.items()})
net.eval()
right = 0
with torch.no_grad():
    for images, labels in loader:
        right += (net(images).argmax(1) == labels).sum().item()
print(f"{100 * right / len(loader.dataset):.2f} %")
