import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
torch.manual_seed(1)
model = AutoModelForCausalLM.from_pretrained("gpt2", torch_dtype=torch.float16).cuda()  # finds: script-half-weights
opt = torch.optim.AdamW(model.parameters(), lr=5e-5)
model.train()
for step, batch in enumerate(loader):
    opt.zero_grad()
    out = model(**batch)
    out.loss.backward()
    opt.step()
