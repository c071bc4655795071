import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)

def masked_loss(pred, target, mask):
    err = (pred - target) ** 2 * mask
    return err.sum() / mask.sum()  # finds: script-unguarded-arithmetic

model = nn.LSTM(8, 1, batch_first=True)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(10):
    for x, y, mask in train_loader:
        optimizer.zero_grad()
        out, _ = model(x)
        loss = masked_loss(out.squeeze(-1), y, mask)
        loss.backward()
        optimizer.step()
