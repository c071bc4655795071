import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence
from torch.utils.data import DataLoader

from corpus import load_reviews, build_vocab

PAD = 0


class SentimentLSTM(nn.Module):
    def __init__(self, vocab_size, dim=100, hidden=128, n_class=5):
        super().__init__()
        self.emb = nn.Embedding(vocab_size, dim, padding_idx=PAD)
        self.lstm = nn.LSTM(dim, hidden, batch_first=True, bidirectional=True)
        self.out = nn.Linear(hidden * 2, n_class)

    def forward(self, tokens, lengths):
        e = F.dropout(self.emb(tokens), p=0.3, training=self.training)
        packed = pack_padded_sequence(e, lengths.cpu(), batch_first=True, enforce_sorted=False)
        _, (h, _) = self.lstm(packed)
        h = torch.cat([h[-2], h[-1]], dim=1)
        return F.log_softmax(self.out(h), dim=-1)


def collate(batch):
    tokens = pad_sequence([t for t, _ in batch], batch_first=True, padding_value=PAD)
    lengths = torch.tensor([len(t) for t, _ in batch])
    labels = torch.tensor([l for _, l in batch])
    return tokens, lengths, labels


train_rows, dev_rows = load_reviews("train.tsv"), load_reviews("dev.tsv")
vocab = build_vocab(train_rows)
train_iter = DataLoader(vocab.encode(train_rows), batch_size=50, shuffle=True, collate_fn=collate)
dev_iter = DataLoader(vocab.encode(dev_rows), batch_size=50, shuffle=False, collate_fn=collate)

model = SentimentLSTM(len(vocab))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.NLLLoss()

best = 0
for epoch in range(20):
    model.train()
    for tokens, lengths, labels in train_iter:
        model.zero_grad()
        log_probs = model(tokens, lengths)
        loss = criterion(log_probs, labels)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
    model.eval()
    hit = 0
    with torch.no_grad():
        for tokens, lengths, labels in dev_iter:
            hit += (model(tokens, lengths).argmax(-1) == labels).sum().item()
    acc = hit / len(dev_iter.dataset)
    if acc > best:
        best = acc
        torch.save(model.state_dict(), "sentiment.pt")
