import torch
import torch.nn as nn
import pytorch_lightning as pl
from models import Encoder

class Finetune(pl.LightningModule):
    def __init__(self, ckpt):
        super().__init__()
        self.encoder = Encoder()
        weights = torch.load(ckpt)
        self.encoder.load_state_dict(weights, strict=False)  # finds: script-load-unchecked
        self.head = nn.Linear(256, 7)

    def training_step(self, batch, i):
        x, y = batch
        return nn.functional.cross_entropy(self.head(self.encoder(x)), y)

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=1e-4)

pl.seed_everything(0)
pl.Trainer(max_epochs=10).fit(Finetune("enc.pt"), loader)
