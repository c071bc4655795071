import json
import random

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, IterableDataset


class Stream(IterableDataset):
    def __init__(self, path, buffer=2000):
        self.path, self.buffer = path, buffer

    def __iter__(self):
        held = []
        with open(self.path) as lines:
            for line in lines:
                held.append(json.loads(line))
                if len(held) == self.buffer:
                    random.shuffle(held)
                    yield from ((torch.tensor(r["x"]), torch.tensor(r["y"])) for r in held)
                    held = []
        random.shuffle(held)
        yield from ((torch.tensor(r["x"]), torch.tensor(r["y"])) for r in held)


loader = DataLoader(Stream("clicks.jsonl"), batch_size=512)
tower = nn.Sequential(nn.Linear(40, 128), nn.ReLU(), nn.Linear(128, 1))
opt = torch.optim.Adagrad(tower.parameters(), lr=0.01)
for step, (x, y) in enumerate(loader):
    logit = tower(x).squeeze(1)
    loss = F.binary_cross_entropy_with_logits(logit, y.float())
    opt.zero_grad()
    loss.backward()
    opt.step()
    if step % 100 == 0:
        print(step, loss.item(), torch.sigmoid(logit).mean().item())
