import cv2, numpy as np, torch
import torch.nn as nn
import segmentation_models_pytorch as smp
from torch.utils.data import Dataset, DataLoader

class Masks(Dataset):
    def __init__(self, items):
        self.items = items
    def __len__(self):
        return len(self.items)
    def __getitem__(self, i):
        img, msk = self.items[i]
        image = cv2.imread(img).astype("float32") / 255.0
        mask = (cv2.imread(msk, 0) > 127).astype("float32")
        return torch.from_numpy(image.transpose(2, 0, 1)), torch.from_numpy(mask)[None]

torch.manual_seed(0)
model = smp.Unet("resnet18", classes=1)
loss_fn = nn.BCEWithLogitsLoss()
opt = torch.optim.Adam(model.parameters(), 1e-4)
for epoch in range(20):
    for x, y in DataLoader(Masks(items), batch_size=8, shuffle=True):
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step()
