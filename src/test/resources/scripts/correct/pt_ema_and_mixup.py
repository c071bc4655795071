import copy

import numpy as np
import torch
import torch.nn as nn
from torch.cuda import amp
from torch.utils.data import DataLoader

from birds import Birds, build_net


def mixup(x, y, alpha=0.4):
    lam = np.random.beta(alpha, alpha)
    index = torch.randperm(x.size(0), device=x.device)
    return lam * x + (1 - lam) * x[index], y, y[index], lam


class Ema:
    def __init__(self, model, decay=0.999):
        self.module = copy.deepcopy(model).eval()
        self.decay = decay

    @torch.no_grad()
    def update(self, model):
        for e, m in zip(self.module.state_dict().values(), model.state_dict().values()):
            e.copy_(e * self.decay + m * (1 - self.decay) if e.is_floating_point() else m)


def score(network, loader):
    network.eval()
    hit = cnt = 0
    with torch.no_grad():
        for x, y in loader:
            hit += (network(x.cuda()).argmax(1).cpu() == y).sum().item()
            cnt += y.size(0)
    return 100.0 * hit / cnt


def main():
    torch.manual_seed(9)
    network = build_net(200).cuda()
    ema = Ema(network)
    loader = DataLoader(Birds("train"), 64, True, num_workers=8, drop_last=True)
    val_loader = DataLoader(Birds("val"), 64, num_workers=8)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.02, momentum=0.9, weight_decay=1e-4, nesterov=True)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 60)
    scaler = amp.GradScaler()
    ce = nn.CrossEntropyLoss()
    for epoch in range(60):
        network.train()
        for x, y in loader:
            x, y = x.cuda(), y.cuda()
            x, ya, yb, lam = mixup(x, y)
            optimizer.zero_grad()
            with amp.autocast():
                out = network(x)
                loss = lam * ce(out, ya) + (1 - lam) * ce(out, yb)
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            ema.update(network)
        scheduler.step()
        print(epoch, score(network, val_loader), score(ema.module, val_loader))


if __name__ == "__main__":
    main()
