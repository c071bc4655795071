import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader
from views import TwoViews

encoder = nn.Sequential(nn.Flatten(), nn.Linear(3072, 512), nn.BatchNorm1d(512), nn.ReLU(), nn.Linear(512, 128))
opt = torch.optim.Adam(encoder.parameters(), lr=1e-3)
lr_sched = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.95)
loader = DataLoader(TwoViews("unlabelled"), batch_size=256, shuffle=True, drop_last=True)


def nt_xent(za, zb, tau=0.1):
    z = F.normalize(torch.cat([za, zb]), dim=1)
    sim = z @ z.t() / tau
    n = za.size(0)
    sim.fill_diagonal_(-1e9)
    partner = torch.cat([torch.arange(n, 2 * n), torch.arange(n)])
    return F.cross_entropy(sim, partner)


for epoch in range(100):
    for a, b in loader:
        loss = nt_xent(encoder(a), encoder(b))
        opt.zero_grad()
        loss.backward()
        opt.step()
        lr_sched.step()
