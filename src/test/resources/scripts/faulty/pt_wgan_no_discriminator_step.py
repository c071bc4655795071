import torch
from torch import autograd, nn, optim
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

LATENT, CRITIC_STEPS, LAMBDA = 64, 5, 10.0
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

G = nn.Sequential(nn.Linear(LATENT, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 784), nn.Tanh()).to(device)
D = nn.Sequential(nn.Linear(784, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1)).to(device)
opt_g = optim.Adam(G.parameters(), lr=1e-4, betas=(0.0, 0.9))
opt_d = optim.Adam(D.parameters(), lr=1e-4, betas=(0.0, 0.9))
data = datasets.MNIST(".", download=True, transform=transforms.Compose(
    [transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))]))
loader = DataLoader(data, batch_size=64, shuffle=True, drop_last=True)


def gradient_penalty(critic, real, fake):
    alpha = torch.rand(real.size(0), 1, device=device)
    mixed = (alpha * real + (1 - alpha) * fake).requires_grad_(True)
    score = critic(mixed)
    grads = autograd.grad(score, mixed, torch.ones_like(score), create_graph=True, retain_graph=True)[0]
    return ((grads.norm(2, dim=1) - 1) ** 2).mean()


for epoch in range(50):
    for step, (images, _) in enumerate(loader):
        real = images.view(images.size(0), -1).to(device)
        noise = torch.randn(real.size(0), LATENT, device=device)
        fake = G(noise).detach()
        d_loss = D(fake).mean() - D(real).mean() + LAMBDA * gradient_penalty(D, real, fake)
        opt_d.zero_grad()
        d_loss.backward()

        if step % CRITIC_STEPS == 0:
            g_loss = -D(G(torch.randn(real.size(0), LATENT, device=device))).mean()
            opt_g.zero_grad()
            g_loss.backward()
            opt_g.step()
    print(epoch, d_loss.item(), g_loss.item())
