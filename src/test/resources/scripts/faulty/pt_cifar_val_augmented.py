"""ResNet on CIFAR-10 with the usual augmentation."""
import os
import random

import numpy as np
import torch
import torch.backends.cudnn as cudnn
import torch.nn as nn
import torchvision
import torchvision.transforms as T
from torchvision.models import resnet18

SEED = 42
EPOCHS = 200
BATCH = 128


def set_seed(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.cuda.manual_seed_all(seed)


def build_loaders():
    mean, std = (0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)
    tf_train = T.Compose([
        T.RandomCrop(32, padding=4),
        T.RandomHorizontalFlip(),
        T.ToTensor(),
        T.Normalize(mean, std),
    ])
    train_set = torchvision.datasets.CIFAR10("./data", train=True, download=True, transform=tf_train)
    val_set = torchvision.datasets.CIFAR10("./data", train=False, download=True, transform=tf_train)
    train_dl = torch.utils.data.DataLoader(train_set, batch_size=BATCH, shuffle=True, num_workers=4)
    val_dl = torch.utils.data.DataLoader(val_set, batch_size=256, shuffle=False, num_workers=4)
    return train_dl, val_dl


def run_epoch(net, dl, crit, opt, dev):
    net.train()
    running, seen = 0.0, 0
    for imgs, labels in dl:
        imgs, labels = imgs.to(dev), labels.to(dev)
        out = net(imgs)
        loss = crit(out, labels)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        running += loss.item() * imgs.size(0)
        seen += imgs.size(0)
    return running / seen


@torch.no_grad()
def validate(net, dl, dev):
    net.eval()
    hits, total = 0, 0
    for imgs, labels in dl:
        imgs, labels = imgs.to(dev), labels.to(dev)
        _, guess = torch.max(net(imgs), 1)
        hits += (guess == labels).sum().item()
        total += labels.size(0)
    return hits / total


def main():
    set_seed(SEED)
    dev = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    cudnn.benchmark = True
    train_dl, val_dl = build_loaders()
    net = resnet18(num_classes=10)
    net.conv1 = nn.Conv2d(3, 64, kernel_size=3, stride=1, padding=1, bias=False)
    net.maxpool = nn.Identity()
    net = net.to(dev)
    crit = nn.CrossEntropyLoss(label_smoothing=0.1)
    opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
    sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=EPOCHS)
    best = 0.0
    for epoch in range(EPOCHS):
        train_loss = run_epoch(net, train_dl, crit, opt, dev)
        acc = validate(net, val_dl, dev)
        sched.step()
        if acc > best:
            best = acc
            torch.save({"net": net.state_dict(), "epoch": epoch}, os.path.join("checkpoints", "best.pt"))
        print(f"{epoch}: loss {train_loss:.4f} val_acc {acc:.4f} best {best:.4f}")


if __name__ == "__main__":
    main()
