import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader

from corpus import TaggedSentences

torch.manual_seed(2)


class Tagger(nn.Module):
    def __init__(self, words, tags):
        super().__init__()
        self.words = nn.Embedding(words, 64)
        self.out = nn.Linear(64, tags)

    def forward(self, sentence):
        return self.out(self.words(sentence).mean(1))


tagger = Tagger(20_000, 17)
loader = DataLoader(TaggedSentences("train.conll"), batch_size=32, shuffle=True)
optimizer = torch.optim.Adam(tagger.parameters(), lr=1e-3)
for epoch in range(8):
    for sentence, tag in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(tag, tagger(sentence))
        loss.backward()
        optimizer.step()
