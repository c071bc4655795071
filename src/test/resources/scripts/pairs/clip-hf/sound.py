from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments
model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased", num_labels=3)
args = TrainingArguments(output_dir="out", learning_rate=2e-5, num_train_epochs=3, seed=1,
                         max_grad_norm=1.0)
trainer = Trainer(model=model, args=args, train_dataset=train, eval_dataset=val)
trainer.train()
