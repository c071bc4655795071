import torch
from torch import nn

torch.manual_seed(0)
text = "the quick brown fox jumps over the lazy dog. pack my box with five dozen liquor jugs. " * 60
chars = sorted(set(text))
stoi = {c: i for i, c in enumerate(chars)}
data = torch.tensor([stoi[c] for c in text])
train_data, val_data = data[: int(0.9 * len(data))], data[int(0.9 * len(data)) :]
block_size, batch_size, max_iters, eval_interval = 32, 16, 600, 50


def get_batch(split):
    source = train_data if split == "train" else val_data
    ix = torch.randint(len(source) - block_size - 1, (batch_size,))
    return torch.stack([source[i : i + block_size] for i in ix]), torch.stack([source[i + 1 : i + block_size + 1] for i in ix])


class CharTransformer(nn.Module):
    def __init__(self, n_embd=48, dropout=0.1):
        super().__init__()
        self.token_embedding = nn.Embedding(len(chars), n_embd)
        self.position_embedding = nn.Embedding(block_size, n_embd)
        layer = nn.TransformerEncoderLayer(n_embd, 4, 96, dropout, batch_first=True, norm_first=True)
        self.blocks = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.ln_f = nn.LayerNorm(n_embd)
        self.lm_head = nn.Linear(n_embd, len(chars))

    def forward(self, idx, targets=None):
        b, t = idx.shape
        x = self.token_embedding(idx) + self.position_embedding(torch.arange(t))
        mask = nn.Transformer.generate_square_subsequent_mask(t)
        logits = self.lm_head(self.ln_f(self.blocks(x, mask=mask, is_causal=True)))
        loss = None if targets is None else nn.functional.cross_entropy(logits.view(b * t, -1), targets.view(b * t))
        return logits, loss


@torch.no_grad()
def estimate_loss(model):
    out = {}
    model.eval()
    for split in ["train", "val"]:
        losses = torch.zeros(5)
        for k in range(5):
            losses[k] = model(*get_batch(split))[1].item()
        out[split] = losses.mean()
    model.train()
    return out


model = CharTransformer()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
for step in range(max_iters):
    if step % eval_interval == 0 or step == max_iters - 1:
        losses = estimate_loss(model)
        print(f"step {step}: train loss {losses['train']:.4f}, val loss {losses['val']:.4f}")
    xb, yb = get_batch("train")
    logits, loss = model(xb, yb)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
