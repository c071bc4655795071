import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

G = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 784), nn.Tanh())
D = nn.Sequential(nn.Linear(784, 128), nn.LeakyReLU(0.2), nn.Linear(128, 1), nn.Sigmoid())
bce = nn.BCELoss()
opt_g = torch.optim.Adam(list(G.parameters()) + list(D.parameters()), lr=2e-4)  # finds: script-optimizers-share
opt_d = torch.optim.Adam(D.parameters(), lr=2e-4)
for epoch in range(50):
    for real, _ in loader:
        real = real.view(-1, 784)
        fake = G(torch.randn(real.size(0), 64))
        opt_d.zero_grad()
        d_loss = bce(D(real), torch.ones(real.size(0), 1)) + bce(D(fake.detach()), torch.zeros(real.size(0), 1))
        d_loss.backward()
        opt_d.step()
        opt_g.zero_grad()
        g_loss = bce(D(fake), torch.ones(real.size(0), 1))
        g_loss.backward()
        opt_g.step()
