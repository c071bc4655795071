import torch
import torch.nn as nn
import timm
from torch.utils.data import DataLoader
from pets import PetImages

backbone = timm.create_model("efficientnet_b0", pretrained=True, num_classes=0)
head = nn.Linear(backbone.num_features, 37)
model = nn.Sequential(backbone, nn.Dropout(0.2), head).cuda()
decay, plain = [], []
for name, p in model.named_parameters():
    (plain if p.ndim == 1 else decay).append(p)
optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0.0}], lr=2e-4)
loaders = {"train": DataLoader(PetImages("train"), 64, shuffle=True), "val": DataLoader(PetImages("val"), 64)}
total_steps = 10 * len(loaders["train"])
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1.0, s / 500) * max(0.0, 1 - s / total_steps))
ce = nn.CrossEntropyLoss()

for epoch in range(10):
    for phase, loader in loaders.items():
        training = phase == "train"
        model.train(training)
        total, right = 0, 0
        for x, y in loader:
            x, y = x.cuda(), y.cuda()
            with torch.set_grad_enabled(training):
                scores = model(x)
                loss = ce(scores, y)
            if training:
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                scheduler.step()
            total += len(y)
            right += (scores.argmax(1) == y).sum().item()
        print(phase, epoch, right / total)
