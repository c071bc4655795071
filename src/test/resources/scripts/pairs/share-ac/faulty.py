import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

import itertools
class Actor(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 2))
    def forward(self, s):
        return self.net(s)
class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 1))
    def forward(self, s):
        return self.net(s)
actor, critic = Actor(), Critic()
actor_opt = torch.optim.Adam(itertools.chain(actor.parameters(), critic.parameters()), lr=3e-4)  # finds: script-optimizers-share
critic_opt = torch.optim.Adam(critic.parameters(), lr=1e-3)
for it in range(1000):
    s, a, r = collect()
    v = critic(s).squeeze(-1)
    critic_loss = F.mse_loss(v, r)
    critic_opt.zero_grad()
    critic_loss.backward()
    critic_opt.step()
    adv = r - critic(s).squeeze(-1)
    logp = torch.log_softmax(actor(s), dim=-1)[range(len(a)), a]
    actor_loss = -(logp * adv).mean()
    actor_opt.zero_grad()
    actor_loss.backward()
    actor_opt.step()
