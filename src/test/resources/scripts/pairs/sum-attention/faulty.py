import torch
import torch.nn as nn
import lightning as L

class LinearAttention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        w = torch.relu(q @ k.transpose(1, 2))
        w = w / w.sum(dim=-1, keepdim=True)  # finds: script-unguarded-arithmetic
        return w @ v

class Net(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.attn = LinearAttention(32)
        self.head = nn.Linear(32, 4)

    def training_step(self, batch, i):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.attn(x).mean(1)), y)

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), 1e-3)

L.seed_everything(0)
L.Trainer(max_epochs=5).fit(Net(), loader)
