import torch
from accelerate import Accelerator
from datasets import load_dataset
from torch.optim import AdamW
from torch.utils.data import DataLoader
from transformers import AutoModelForSequenceClassification, AutoTokenizer, get_scheduler

accelerator = Accelerator(gradient_accumulation_steps=2)
tokenizer = AutoTokenizer.from_pretrained("distilbert-base-uncased")
raw = load_dataset("imdb")


def encode(batch):
    return tokenizer(batch["text"], truncation=True, padding="max_length", max_length=256)


encoded = raw.map(encode, batched=True).rename_column("label", "labels")
encoded.set_format("torch", columns=["input_ids", "attention_mask", "labels"])
train_dl = DataLoader(encoded["train"], shuffle=True, batch_size=16)
eval_dl = DataLoader(encoded["test"], batch_size=32)
model = AutoModelForSequenceClassification.from_pretrained("distilbert-base-uncased", num_labels=2)
optimizer = AdamW(model.parameters(), lr=3e-5)
train_dl, eval_dl, model, optimizer = accelerator.prepare(train_dl, eval_dl, model, optimizer)
num_epochs = 3
lr_scheduler = get_scheduler(
    "linear", optimizer=optimizer, num_warmup_steps=100, num_training_steps=num_epochs * len(train_dl))

for epoch in range(num_epochs):
    model.train()
    for batch in train_dl:
        with accelerator.accumulate(model):
            outputs = model(**batch)
            loss = outputs.loss
            accelerator.backward(loss)
            optimizer.step()
            lr_scheduler.step()
            optimizer.zero_grad()

    model.eval()
    right, seen = 0, 0
    for batch in eval_dl:
        with torch.no_grad():
            outputs = model(**batch)
        predictions = outputs.logits.argmax(dim=-1)
        predictions, labels = accelerator.gather_for_metrics((predictions, batch["labels"]))
        right += (predictions == labels).sum().item()
        seen += labels.shape[0]
    accelerator.print(f"epoch {epoch}: accuracy {right / seen:.4f}")
