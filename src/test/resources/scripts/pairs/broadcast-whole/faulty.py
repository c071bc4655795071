import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

import numpy as np
data = np.loadtxt("energy.csv", delimiter=",")
x = torch.tensor(data[:, :-1], dtype=torch.float32)
y = torch.tensor(data[:, -1], dtype=torch.float32)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 32)
        self.fc2 = nn.Linear(32, 1)
    def forward(self, x):
        x = torch.relu(self.fc1(x))
        return self.fc2(x)

net = Net()
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for i in range(1000):
    opt.zero_grad()
    loss = ((net(x) - y) ** 2).mean()  # finds: script-shapes-broadcast
    loss.backward()
    opt.step()
