import logging
from dataclasses import dataclass

import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, random_split

log = logging.getLogger(__name__)


@dataclass
class TrainConfig:
    lr: float = 3e-4
    batch_size: int = 64
    epochs: int = 30
    accumulate: int = 4
    max_norm: float = 1.0
    seed: int = 7


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(n_in, n_hidden), nn.BatchNorm1d(n_hidden), nn.GELU(), nn.Dropout(0.2),
            nn.Linear(n_hidden, n_hidden), nn.BatchNorm1d(n_hidden), nn.GELU(),
            nn.Linear(n_hidden, n_out))

    def forward(self, x):
        return self.net(x)


class Trainer:
    def __init__(self, model, train_loader, val_loader, cfg):
        self.model = model
        self.train_loader = train_loader
        self.val_loader = val_loader
        self.cfg = cfg
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.AdamW(model.parameters(), lr=cfg.lr, weight_decay=0.01)
        self.scheduler = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, max_lr=cfg.lr * 10, steps_per_epoch=len(train_loader) // cfg.accumulate, epochs=cfg.epochs)

    def train_one_epoch(self):
        self.model.train()
        self.optimizer.zero_grad()
        for step, (features, labels) in enumerate(self.train_loader):
            logits = self.model(features)
            loss = self.criterion(logits, labels) / self.cfg.accumulate
            loss.backward()
            if (step + 1) % self.cfg.accumulate == 0:
                self.optimizer.step()
                nn.utils.clip_grad_norm_(self.model.parameters(), self.cfg.max_norm)
                self.scheduler.step()
                self.optimizer.zero_grad()

    @torch.inference_mode()
    def evaluate(self):
        self.model.eval()
        n_right, n_seen, loss_sum = 0, 0, 0.0
        for features, labels in self.val_loader:
            logits = self.model(features)
            loss_sum += self.criterion(logits, labels).item() * len(labels)
            n_right += (logits.argmax(-1) == labels).sum().item()
            n_seen += len(labels)
        return loss_sum / n_seen, n_right / n_seen

    def fit(self):
        for epoch in range(self.cfg.epochs):
            self.train_one_epoch()
            loss, acc = self.evaluate()
            log.info("epoch %d val_loss %.4f val_acc %.4f", epoch, loss, acc)


def main():
    cfg = TrainConfig()
    torch.manual_seed(cfg.seed)
    blob = torch.load("features.pt")
    dataset = TensorDataset(blob["x"], blob["y"])
    n_val = len(dataset) // 5
    train_set, val_set = random_split(dataset, [len(dataset) - n_val, n_val])
    trainer = Trainer(
        MLP(blob["x"].shape[1], 256, int(blob["y"].max()) + 1),
        DataLoader(train_set, batch_size=cfg.batch_size, shuffle=True, drop_last=True),
        DataLoader(val_set, batch_size=cfg.batch_size),
        cfg)
    trainer.fit()


if __name__ == "__main__":
    main()
