"""Writes the PyTorch checkpoints and ONNX graphs of this folder, with PyTorch 2.9: small, seeded, of known faults and of none.

    python torch_models.py FOLDER
"""

import os
import sys

import numpy as np
import torch
from torch import nn

OUT = sys.argv[1]
torch.manual_seed(5)
x = torch.randn(64, 12)
y = torch.randint(0, 3, (64,))


def train(model, parameters, steps):
    optimizer = torch.optim.SGD(parameters, lr=0.05, momentum=0.9)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return optimizer


def mlp():
    return nn.Sequential(nn.Linear(12, 24), nn.ReLU(), nn.Linear(24, 16), nn.ReLU(), nn.Linear(16, 3))


# two checkpoints: the optimizer holds the last layer alone, or everything
for folder, part in (("torch-still", lambda m: m[4].parameters()), ("torch-moving", lambda m: m.parameters())):
    os.makedirs(os.path.join(OUT, folder), exist_ok=True)
    model = mlp()
    for step in (10, 40):
        optimizer = train(model, part(model), 10 if step == 10 else 30)
        state = {"step": step, "model_state_dict": model.state_dict(), "optimizer_state_dict": optimizer.state_dict()}
        torch.save(state, os.path.join(OUT, folder, f"step-{step}.pt"))

broken = mlp()
with torch.no_grad():
    broken[2].weight[3, 4] = float("nan")
torch.save(broken.state_dict(), os.path.join(OUT, "not-a-number.pt"))
torch.save(mlp(), os.path.join(OUT, "healthy-whole-model.pt"))


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(40, 16)
        self.block = nn.TransformerEncoderLayer(16, 2, 32, batch_first=True)
        self.head = nn.Linear(16, 40, bias=False)
        self.head.weight = self.embed.weight

    def forward(self, tokens):
        return self.head(self.block(self.embed(tokens)))


torch.save({"epoch": 3, "state_dict": Tied().state_dict()}, os.path.join(OUT, "healthy-tied-transformer.pt"))
torch.save(nn.Linear(3, 2).state_dict(), os.path.join(OUT, "old-form.pth"), _use_new_zipfile_serialization=False)


def export(name, model, *inputs):
    axes = {f"x{i}": {0: "batch"} for i in range(len(inputs))}
    torch.onnx.export(model.eval(), inputs, os.path.join(OUT, name), dynamo=False, input_names=list(axes), dynamic_axes=axes, do_constant_folding=True)


class Softmax0(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = mlp()

    def forward(self, value):
        return torch.softmax(self.body(value), dim=0)


class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = mlp()

    def forward(self, value):
        return self.body((value * 3).to(torch.int64).to(torch.float32))


class Unbent(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(12, 20), nn.Linear(20, 16), nn.Linear(16, 3)

    def forward(self, value):
        return self.c(self.b(self.a(value)))


class Net(nn.Module):
    """Convolutions, a residual, adaptive pooling: shapes are computed in the graph."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())
        self.more = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 8, 1))
        self.head = nn.Linear(8 * 16, 3)

    def forward(self, value):
        value = self.stem(value)
        value = nn.functional.interpolate(torch.relu(value + self.more(value)), scale_factor=0.5)
        return self.head(value.reshape(value.shape[0], -1))


class Lora(nn.Module):
    def __init__(self):
        super().__init__()
        self.base, self.a, self.b, self.out = nn.Linear(12, 24), nn.Linear(12, 2, bias=False), nn.Linear(2, 24, bias=False), nn.Linear(24, 3)

    def forward(self, value):
        return self.out(torch.relu(self.base(value) + 0.5 * self.b(self.a(value))))


export("softmax-over-batch.onnx", Softmax0(), x)
export("cut-to-integers.onnx", Whole(), x)
export("no-activations.onnx", Unbent(), x)
export("healthy-mlp.onnx", mlp(), x)
export("healthy-convolutions.onnx", Net(), torch.randn(2, 3, 8, 8))
export("healthy-lora.onnx", Lora(), x)
export("healthy-tied-transformer.onnx", Tied(), torch.randint(0, 40, (2, 7)))

from safetensors.numpy import save_file

save_file({"a.weight": np.full((4, 3), 0.5, "float32"), "a.bias": np.arange(4, dtype="float32")}, os.path.join(OUT, "two.safetensors"))

# one item of a model file each
class Branches(nn.Module):
    """Two inputs, and one weight where each should have its own."""

    def __init__(self):
        super().__init__()
        self.left, self.right, self.head = nn.Linear(12, 16), nn.Linear(12, 16), nn.Linear(32, 3)
        self.right.weight, self.right.bias = self.left.weight, self.left.bias

    def forward(self, left, right):
        return self.head(torch.relu(torch.cat([self.left(left), self.right(right)], 1)))


def filled(change):
    model = mlp()
    with torch.no_grad():
        change(model)
    return model


def constant(model):
    for p in model.parameters():
        p.fill_(0.1)


def huge(model):
    model[2].weight.mul_(1e7)


def missing(model):
    model[2].weight[3, 4] = float("nan")


torch.save(Branches(), os.path.join(OUT, "shared-branches.pt"))
head_frozen = mlp()
head_frozen[4].requires_grad_(False)
torch.save(head_frozen, os.path.join(OUT, "frozen-head.pt"))
torch.save(filled(constant).state_dict(), os.path.join(OUT, "constant.pt"))
torch.save(filled(huge).state_dict(), os.path.join(OUT, "huge.pt"))
narrow = nn.Sequential(nn.Linear(12, 16), nn.ReLU(), nn.Linear(16, 1), nn.ReLU(), nn.Linear(1, 3))
torch.save(narrow, os.path.join(OUT, "narrow.pt"))
for name, change in (("constant", constant), ("huge", huge), ("not-a-number", missing)):
    save_file({k: v.numpy() for k, v in filled(change).state_dict().items()}, os.path.join(OUT, f"{name}.safetensors"))
    export(f"{name}.onnx", filled(change), x)
export("narrow.onnx", narrow, x)
export("shared-branches.onnx", Branches(), x, x)

import onnx

joined = onnx.load(os.path.join(OUT, "healthy-mlp.onnx"))
for tensor in ("loose.weight", "loose.bias"):
    joined.graph.initializer.append(onnx.numpy_helper.from_array(np.full((5, 12) if tensor.endswith("weight") else 5, 0.2, "float32"), tensor))
joined.graph.node.append(onnx.helper.make_node("Gemm", ["x0", "loose.weight", "loose.bias"], ["unread"], transB=1))
onnx.save(joined, os.path.join(OUT, "leads-nowhere.onnx"))
