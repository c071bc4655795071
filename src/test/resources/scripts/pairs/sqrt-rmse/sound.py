import torch
import torch.nn as nn
import pytorch_lightning as pl

class Regressor(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 1))

    def forward(self, x):
        return self.net(x)

    def training_step(self, batch, batch_idx):
        x, y = batch
        pred = self(x).squeeze(-1)
        loss = torch.sqrt((pred - y).abs() + 1e-6).mean()
        self.log("train_loss", loss)
        return loss

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=1e-3)

pl.seed_everything(1)
trainer = pl.Trainer(max_epochs=20)
trainer.fit(Regressor(), train_loader)
