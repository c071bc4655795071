import torch, torch.nn as nn
from torch.utils.data import DataLoader
from torch.utils.data.distributed import DistributedSampler

def get_loader(ds, rank, world):
    sampler = DistributedSampler(ds, num_replicas=world, rank=rank, shuffle=True)  # finds: script-epoch-not-set
    return DataLoader(ds, batch_size=32, sampler=sampler, num_workers=4)

def main(rank, world):
    torch.manual_seed(0)
    loader = get_loader(dataset, rank, world)
    model = nn.parallel.DistributedDataParallel(Net().to(rank), device_ids=[rank])
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    for e in range(30):
        for x, y in loader:
            opt.zero_grad()
            loss = nn.functional.cross_entropy(model(x.to(rank)), y.to(rank))
            loss.backward()
            opt.step()
