import numpy as np
import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments, set_seed

set_seed(1)


class Sequences(torch.utils.data.Dataset):
    """Sequences in which one of two words is the more frequent."""

    def __init__(self, n):
        self.labels = torch.randint(0, 2, (n,))
        words = torch.randint(10, 60, (n, 16))
        marked = torch.rand(n, 16) < 0.3
        self.input_ids = torch.where(marked, 5 + self.labels[:, None], words)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return {"input_ids": self.input_ids[i], "attention_mask": torch.ones(16, dtype=torch.long), "labels": self.labels[i]}


def compute_metrics(eval_pred):
    logits, labels = eval_pred
    return {"accuracy": float((np.argmax(logits, axis=-1) == labels).mean())}


config = BertConfig(
    vocab_size=60,
    hidden_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=96,
    num_labels=2,
    max_position_embeddings=16,
)
training_args = TrainingArguments(
    output_dir="outputs",
    learning_rate=5e-4,
    per_device_train_batch_size=16,
    per_device_eval_batch_size=64,
    num_train_epochs=8,
    weight_decay=0.01,
    eval_strategy="epoch",
    save_strategy="no",
    logging_steps=10,
    report_to=[],
    use_cpu=True,
    disable_tqdm=True,
)
trainer = Trainer(
    model=BertForSequenceClassification(config),
    args=training_args,
    train_dataset=Sequences(800),
    eval_dataset=Sequences(300),
    compute_metrics=compute_metrics,
)
trainer.train()
print(trainer.evaluate())
