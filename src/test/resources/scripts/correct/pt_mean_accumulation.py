import torch
from torch import nn
from torch.utils.data import DataLoader
from translation import ParallelText, Transformer

CHUNKS = 8
train = DataLoader(ParallelText("train"), batch_size=16, shuffle=True)
net = Transformer(vocab=32000)
opt = torch.optim.Adam(net.parameters(), lr=5e-4, betas=(0.9, 0.98), eps=1e-9)
warm = torch.optim.lr_scheduler.LambdaLR(opt, lambda n: min((n + 1) ** -0.5, (n + 1) * 4000 ** -1.5) * 4000 ** 0.5)
ce = nn.CrossEntropyLoss(ignore_index=0, label_smoothing=0.1)
net.train()
for epoch in range(10):
    for n, (src, tgt) in enumerate(train, start=1):
        out = net(src, tgt[:, :-1])
        loss = ce(out.reshape(-1, out.size(-1)), tgt[:, 1:].reshape(-1))
        loss = loss / CHUNKS
        loss.backward()
        if n % CHUNKS == 0 or n == len(train):
            opt.step()
            opt.zero_grad()
            warm.step()
    torch.save({"net": net.state_dict(), "opt": opt.state_dict()}, f"epoch{epoch}.pt")
