import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
x, y = load_digits(return_X_y=True)
x = torch.tensor((x - 8) / 8, dtype=torch.float32)
x_train, x_val, y_train, y_val = train_test_split(x, torch.tensor(y), test_size=0.2, random_state=0)
train_dl = DataLoader(TensorDataset(x_train, y_train), batch_size=32, shuffle=True, drop_last=True)
val_dl = DataLoader(TensorDataset(x_val, y_val), batch_size=128)

model = nn.Sequential(nn.Linear(64, 128), nn.LayerNorm(128), nn.GELU(), nn.Linear(128, 128), nn.GELU(), nn.Linear(128, 10))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01)
scaler = torch.amp.GradScaler("cpu", init_scale=1024)
accumulation_steps = 2
num_epochs = 25

for epoch in range(num_epochs):
    model.train()
    running = 0.0
    for i, (inputs, labels) in enumerate(train_dl):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = model(inputs)
            loss = criterion(outputs.float(), labels) / accumulation_steps
        scaler.scale(loss).backward()
        running += loss.item() * accumulation_steps
        if (i + 1) % accumulation_steps == 0:
            scaler.unscale_(optimizer)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            scaler.step(optimizer)
            scaler.update()
            optimizer.zero_grad(set_to_none=True)
    model.eval()
    correct = 0
    with torch.no_grad():
        for inputs, labels in val_dl:
            correct += (model(inputs).argmax(1) == labels).sum().item()
    print(f"epoch {epoch + 1}: train loss {running / len(train_dl):.4f}, val acc {correct / len(x_val):.4f}")
