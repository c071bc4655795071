import os

import torch
import torch.distributed as dist
import torch.nn as nn
import torchvision
from torch.nn.parallel import DistributedDataParallel as DDP
from torch.utils.data import DataLoader
from torch.utils.data.distributed import DistributedSampler
from torchvision.transforms import v2


def setup():
    dist.init_process_group("nccl")
    torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))


def main():
    setup()
    rank = int(os.environ["LOCAL_RANK"])
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    augment = v2.Compose([v2.RandomResizedCrop(224), v2.RandomHorizontalFlip(), v2.ToImage(),
                          v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean, std)])
    plain = v2.Compose([v2.Resize(256), v2.CenterCrop(224), v2.ToImage(),
                        v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean, std)])
    train_data = torchvision.datasets.ImageFolder("imagenet/train", transform=augment)
    val_data = torchvision.datasets.ImageFolder("imagenet/val", transform=plain)
    sampler = DistributedSampler(train_data)
    train_loader = DataLoader(train_data, batch_size=128, sampler=sampler, num_workers=8, pin_memory=True)
    val_loader = DataLoader(val_data, batch_size=256, sampler=DistributedSampler(val_data, shuffle=False))
    model = DDP(torchvision.models.vit_b_16().cuda(rank), device_ids=[rank])
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
    scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [
        torch.optim.lr_scheduler.LinearLR(optimizer, 0.033, total_iters=30),
        torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 270)], milestones=[30])
    criterion = nn.CrossEntropyLoss(label_smoothing=0.11)
    scaler = torch.amp.GradScaler("cuda")
    for epoch in range(300):
        sampler.set_epoch(epoch)
        model.train()
        for images, targets in train_loader:
            images, targets = images.cuda(rank, non_blocking=True), targets.cuda(rank, non_blocking=True)
            with torch.autocast("cuda", dtype=torch.float16):
                loss = criterion(model(images), targets)
            optimizer.zero_grad()
            scaler.scale(loss).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            scaler.unscale_(optimizer)
            scaler.step(optimizer)
            scaler.update()
        scheduler.step()
        model.eval()
        hits = torch.zeros(2, device=rank)
        with torch.inference_mode():
            for images, targets in val_loader:
                prediction = model(images.cuda(rank)).argmax(dim=1).cpu()
                hits += torch.tensor([(prediction == targets).sum(), len(targets)], device=rank)
        dist.all_reduce(hits)
        if rank == 0:
            print(epoch, (hits[0] / hits[1]).item())


if __name__ == "__main__":
    main()
