import torch
from peft import LoraConfig, get_peft_model
from torch.utils.data import DataLoader, TensorDataset
from transformers import GPT2Config, GPT2LMHeadModel

torch.manual_seed(0)
start = torch.randint(0, 12, (600, 1))
input_ids = (start + 3 * torch.arange(12)) % 12 + 2
train_loader = DataLoader(TensorDataset(input_ids[:500]), batch_size=20, shuffle=True)
eval_loader = DataLoader(TensorDataset(input_ids[500:]), batch_size=50)

model = GPT2LMHeadModel(GPT2Config(vocab_size=16, n_positions=12, n_embd=48, n_layer=2, n_head=4, bos_token_id=0, eos_token_id=1))
peft_config = LoraConfig(
    task_type="CAUSAL_LM", r=8, lora_alpha=16, lora_dropout=0.0, target_modules=["c_attn", "c_proj", "c_fc"], fan_in_fan_out=True
)
model = get_peft_model(model, peft_config)
model.print_trainable_parameters()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
num_epochs = 12

for epoch in range(num_epochs):
    model.train()
    total_loss = 0
    for (batch,) in train_loader:
        outputs = model(input_ids=batch, labels=batch)
        loss = outputs.loss
        total_loss += loss.detach().float()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.eval()
    eval_loss = 0
    with torch.no_grad():
        for (batch,) in eval_loader:
            eval_loss += model(input_ids=batch, labels=batch).loss.float()
    print(f"epoch={epoch}: train_loss={total_loss / len(train_loader):.4f} eval_loss={eval_loss / len(eval_loader):.4f}")
