"""`aitia check -- python train.py`: the experiments are made with what the program builds, and the program is none the wiser."""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

TRAIN = """
import torch, torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
x = torch.randn(512, 8); y = (x @ torch.randn(8, 3)).argmax(1)
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)
model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.BatchNorm1d(32), nn.Dropout(0.1), nn.Linear(32, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(2):
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(xb), yb)
        loss.backward()
        optimizer.step()
    print("epoch", epoch, loss.item())
torch.save((model.state_dict(), optimizer.state_dict(), torch.get_rng_state()), "state.pt")
"""


@pytest.fixture
def check(tmp_path, python):
    return functools.partial(checked, tmp_path, python)


def checked(tmp_path, python, program, *options, environment=None):
    """The exit code, the probes by name, and what was printed."""
    (tmp_path / "train.py").write_text(program)
    command = [sys.executable, "-m", "aitia", "check", "--output", "out", "--steps", "60", *options, "--", *python, "train.py"]
    known = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", **(environment or {})}
    done = subprocess.run(command, cwd=tmp_path, env=known, capture_output=True, text=True)
    path = tmp_path / "out/checks.run.jsonl"
    probes = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return done.returncode, {p["name"]: p for p in probes}, done.stdout + done.stderr


def test_a_sound_program_passes_and_is_ended(tmp_path):
    code, probes, said = checked(tmp_path, [sys.executable], TRAIN)
    assert code == 0, said
    assert {p["name"] for p in probes.values() if p["state"] == "sound"} >= {
        "optimizer-holds-all", "loss-shapes-agree", "first-loss", "loss-reduction", "gradients-after-first-backward",
        "depends-on-other-samples", "loader-equals-set", "overfits-one-batch", "zero-inputs", "shuffled-inputs",
    }  # fmt: skip
    assert not (tmp_path / "state.pt").exists() and "+ overfits-one-batch: yes" in said


def test_a_program_that_goes_on_ends_as_it_does_without(check, python, tmp_path):
    import torch

    assert check(TRAIN, "--go-on", "--only", "first-loss,overfits-one-batch,seeds")[0] == 0
    checked = torch.load(tmp_path / "state.pt", weights_only=False)
    subprocess.run([*python, "train.py"], cwd=tmp_path, env={**os.environ, "OMP_NUM_THREADS": "1"}, check=True, capture_output=True)
    plain = torch.load(tmp_path / "state.pt", weights_only=False)
    assert all(torch.equal(a, b) for a, b in zip(checked[0].values(), plain[0].values(), strict=True))
    assert str(checked[1]) == str(plain[1]) and torch.equal(checked[2], plain[2])


FAULTS = [
    ("Adam(model.parameters()", "Adam(model[4].parameters()", "optimizer-holds-all", "no"),
    ("F.cross_entropy(model(xb), yb)", "F.cross_entropy(model(xb), yb) / len(xb)", "loss-reduction", "divided-again"),
    ("F.cross_entropy(model(xb), yb)", "F.cross_entropy(model(xb), yb, reduction='sum')", "loss-reduction", "summed"),
    ("TensorDataset(x, y)", "TensorDataset(x, y[torch.randperm(512)])", "shuffled-inputs", "same"),
    ("lr=0.01", "lr=100.0", "learning-rate-finder", "above"),
]


@pytest.mark.parametrize(("old", "new", "name", "wrong"), FAULTS)
def test_a_fault_of_a_program_is_caught(check, old, new, name, wrong):
    assert TRAIN.count(old) == 1
    code, probes, said = check(TRAIN.replace(old, new), "--only", name)
    assert (code, probes[name]["result"], probes[name]["state"]) == (1, wrong, "fault"), said


STYLES = {
    "tokens, flattened for the loss": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed, self.out = nn.Embedding(11, 16), nn.Linear(16, 11)
    def forward(self, ids, mask=None):
        return self.out(self.embed(ids))
x = torch.randint(0, 11, (256, 6)); y = (x + 1) % 11
step = lambda model, xb, yb: F.cross_entropy(model(xb, mask=None).view(-1, 11), yb.view(-1))
""",
    "probabilities of one unit": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(6, 1)
    def forward(self, x):
        return torch.sigmoid(self.out(x))
x = torch.randn(256, 6); y = (x[:, 0] > 0).float()
step = lambda model, xb, yb: F.binary_cross_entropy(model(xb).squeeze(1), yb)
""",
    "inputs changed on the way": """
class Net(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(36, 16), nn.ReLU(), nn.Linear(16, 4))
x = torch.randn(256, 6, 6); y = x.flatten(1)[:, :4].argmax(1)
step = lambda model, xb, yb: nn.CrossEntropyLoss()(model(xb.flatten(1) * 2), yb)
""",
}


@pytest.mark.parametrize("style", STYLES)
def test_programs_of_other_styles_are_understood(check, style):
    program = (
        "import torch, torch.nn.functional as F\nfrom torch import nn\ntorch.manual_seed(0)\n" + STYLES[style] + "model = Net()\n"
        "optimizer = torch.optim.Adam(model.parameters(), lr=0.01)\n"
        "for i in range(0, 256, 32):\n"
        "    optimizer.zero_grad(); step(model, x[i:i + 32], y[i:i + 32]).backward(); optimizer.step()\n"
    )
    code, probes, said = check(program, "--only", "optimizer-holds-all,first-loss,loss-reduction,overfits-one-batch,zero-inputs")
    assert code == 0 and len(probes) == 5, said
    assert all(p["state"] == "sound" for p in probes.values()), said


def test_a_program_that_trains_nothing_says_so(check):
    code, probes, said = check("import torch\nprint(torch.zeros(1))\n")
    assert code == 3 and not probes and "no training step was seen" in said


KERAS = """
import keras, numpy as np
rng = np.random.default_rng(0)
x = rng.normal(size=(320, 8)).astype("float32"); y = (x[:, 0] + x[:, 1] > 0).astype("int32")
keras.utils.set_random_seed(1)
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(2, activation="softmax")])
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:256], y[:256], validation_data=(x[256:], y[256:]), epochs=2, batch_size=32, verbose=0)
print("trained")
"""


def test_a_program_of_keras(check):
    pytest.importorskip("keras")
    only = ("--only", "optimizer-holds-all,first-loss,overfits-one-batch,zero-inputs")
    code, probes, said = check(KERAS, *only, environment={"KERAS_BACKEND": "torch"})
    assert code == 0 and all(p["state"] == "sound" for p in probes.values()) and len(probes) == 4, said
    assert "trained" not in said
    code, probes, said = check(KERAS.replace("y[:256], val", "rng.permutation(y[:256]), val"), "--only", "shuffled-inputs")
    assert code == 1 and probes["shuffled-inputs"]["result"] == "same", said
