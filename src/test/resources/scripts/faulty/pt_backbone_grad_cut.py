import torch
from torch import nn
from torch.utils.data import DataLoader
from transformers import AutoModel

from snippets import TokenizedSnippets


class Probe(nn.Module):
    def __init__(self, name, labels):
        super().__init__()
        self.backbone = AutoModel.from_pretrained(name)
        self.classifier = nn.Linear(self.backbone.config.hidden_size, labels)

    def forward(self, input_ids, attention_mask):
        with torch.no_grad():
            hidden = self.backbone(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1)
        pooled = (hidden * mask).sum(1) / mask.sum(1)
        return self.classifier(pooled)


probe = Probe("roberta-base", 20)
optimizer = torch.optim.Adam(probe.parameters(), lr=2e-5)
loader = DataLoader(TokenizedSnippets("train"), batch_size=32, shuffle=True)
heldout = DataLoader(TokenizedSnippets("dev"), batch_size=64)
loss_fn = nn.CrossEntropyLoss()
for epoch in range(5):
    probe.train()
    for batch in loader:
        loss = loss_fn(probe(batch["input_ids"], batch["attention_mask"]), batch["label"])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    probe.eval()
    correct = 0
    with torch.inference_mode():
        for batch in heldout:
            correct += (probe(batch["input_ids"], batch["attention_mask"]).argmax(-1) == batch["label"]).sum().item()
    print(f"dev accuracy {correct / len(heldout.dataset):.3f}")
