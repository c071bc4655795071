import numpy as np
import pandas as pd
import torch
import torch.nn as nn

ratings = pd.read_csv("ratings.csv").sample(frac=1.0, random_state=0)
users = torch.tensor(ratings.user.values)
items = torch.tensor(ratings.item.values)
stars = torch.tensor(ratings.stars.values, dtype=torch.float32)
cut = int(0.9 * len(stars))


class Factors(nn.Module):
    def __init__(self, n_users, n_items, k=32):
        super().__init__()
        self.u = nn.Embedding(n_users, k)
        self.i = nn.Embedding(n_items, k)
        self.bu = nn.Embedding(n_users, 1)
        self.bi = nn.Embedding(n_items, 1)
        nn.init.normal_(self.u.weight, std=0.05)
        nn.init.normal_(self.i.weight, std=0.05)
        nn.init.zeros_(self.bu.weight)
        nn.init.zeros_(self.bi.weight)

    def forward(self, u, i):
        return (self.u(u) * self.i(i)).sum(1) + self.bu(u).squeeze(1) + self.bi(i).squeeze(1)


m = Factors(int(users.max()) + 1, int(items.max()) + 1)
opt = torch.optim.AdamW(m.parameters(), lr=3e-3, weight_decay=1e-2)
mean = stars[:cut].mean()
for epoch in range(8):
    order = torch.randperm(cut)
    for start in range(0, cut, 2048):
        idx = order[start:start + 2048]
        opt.zero_grad()
        err = nn.functional.mse_loss(m(users[idx], items[idx]), stars[idx] - mean)
        err.backward()
        opt.step()
    with torch.no_grad():
        guess = m(users[cut:], items[cut:]) + mean
        print(epoch, "rmse", ((guess - stars[cut:]) ** 2).mean().sqrt().item())
