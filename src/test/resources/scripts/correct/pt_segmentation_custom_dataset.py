import os

import numpy as np
import torch
import torch.nn as nn
from PIL import Image
from torch.utils.data import DataLoader, Dataset


class RoadScenes(Dataset):
    def __init__(self, root, training):
        self.image_dir = os.path.join(root, "images")
        self.mask_dir = os.path.join(root, "masks")
        self.names = sorted(os.listdir(self.image_dir))
        self.training = training

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        name = self.names[index]
        image = np.asarray(Image.open(os.path.join(self.image_dir, name)), dtype=np.float32) / 255.0
        mask = np.asarray(Image.open(os.path.join(self.mask_dir, name)), dtype=np.int64)
        if self.training and np.random.rand() < 0.5:
            image, mask = image[:, ::-1].copy(), mask[:, ::-1].copy()
        return torch.from_numpy(image).permute(2, 0, 1), torch.from_numpy(mask)


def block(cin, cout):
    return nn.Sequential(
        nn.Conv2d(cin, cout, 3, padding=1), nn.BatchNorm2d(cout), nn.ReLU(inplace=True),
        nn.Conv2d(cout, cout, 3, padding=1), nn.BatchNorm2d(cout), nn.ReLU(inplace=True))


class UNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.down1 = block(3, 32)
        self.down2 = block(32, 64)
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ConvTranspose2d(64, 32, 2, stride=2)
        self.fuse = block(64, 32)
        self.head = nn.Conv2d(32, classes, 1)

    def forward(self, x):
        a = self.down1(x)
        b = self.down2(self.pool(a))
        u = self.up(b)
        return self.head(self.fuse(torch.cat([u, a], dim=1)))


def mean_iou(logits, mask, classes):
    guess = logits.argmax(dim=1)
    scores = []
    for c in range(classes):
        inter = ((guess == c) & (mask == c)).sum().item()
        union = ((guess == c) | (mask == c)).sum().item()
        if union:
            scores.append(inter / union)
    return sum(scores) / max(len(scores), 1)


def main(root="camvid", classes=12, epochs=60):
    device = torch.device("cuda")
    train_loader = DataLoader(RoadScenes(root + "/train", True), batch_size=8, shuffle=True, num_workers=4)
    val_loader = DataLoader(RoadScenes(root + "/val", False), batch_size=8, num_workers=4)
    unet = UNet(classes).to(device)
    criterion = nn.CrossEntropyLoss(ignore_index=11)
    optimizer = torch.optim.Adam(unet.parameters(), lr=1e-3)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode="max", factor=0.5, patience=5)
    for epoch in range(epochs):
        unet.train()
        for image, mask in train_loader:
            image, mask = image.to(device), mask.to(device)
            optimizer.zero_grad()
            loss = criterion(unet(image), mask)
            loss.backward()
            optimizer.step()
        unet.eval()
        ious = []
        with torch.no_grad():
            for image, mask in val_loader:
                ious.append(mean_iou(unet(image.to(device)).cpu(), mask, classes))
        score = sum(ious) / len(ious)
        scheduler.step(score)
        print(f"epoch {epoch}: mIoU {score:.3f}")


if __name__ == "__main__":
    main()
