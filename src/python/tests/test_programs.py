"""Programs in the styles of public tutorials, unchanged, under `aitia record`: the fault is named, the healthy twin is called healthy.

`python -m pytest -m diagnosis` runs them; it takes some minutes and needs the Java program, and the frameworks of some.
"""

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aitia import diagnose
from aitia.command import program

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(__file__).parent / "programs"
pytestmark = pytest.mark.diagnosis

# Program, what is changed in it, the causes that name the change.
FAULTS = [
    ("plain_loop", ("default=0.05", "default=20.0"), {"learning-rate-too-high"}),
    (
        "plain_loop",
        (
            "DataLoader(TensorDataset(a, c), batch_size=args.batch_size, shuffle=True)",
            "DataLoader(TensorDataset(a[c.argsort()], c.sort()[0]), batch_size=args.batch_size)",
        ),
        {"data-not-shuffled"},
    ),
    ("amp_accumulation", ("lr=2e-3", "lr=2e-7"), {"learning-rate-too-low"}),
    (
        "several_losses",
        ("Adam(model.parameters(), lr=1e-3)", "Adam(model.classifier.parameters(), lr=1e-3)"),
        {"parameters-not-in-optimizer"},
    ),
    (
        "gan",
        ("Adam(generator.parameters()", "Adam(discriminator.parameters()"),
        {"optimizer-holds-foreign-parameters", "parameters-not-in-optimizer"},
    ),
    (
        "lightning_module",
        ("nn.Linear(hidden, 10))", "nn.Linear(hidden, 10), nn.Softmax(dim=1))"),
        {"wrong-output-activation", "wrong-loss-function"},
    ),
    ("hf_trainer", ("learning_rate=5e-4", "learning_rate=1.0"), {"learning-rate-too-high"}),
    (
        "peft_lora",
        ("optimizer = torch", "[p.requires_grad_(False) for n, p in model.named_parameters() if 'lora_B' in n]\noptimizer = torch"),
        {"adapter-not-effective", "wrong-weight-freezing"},
    ),
    ("keras_functional", (" / 16.0", " * 1000.0"), {"input-not-normalized"}),
    ("keras_train_step", ("learning_rate=1e-3", "learning_rate=1e-7"), {"learning-rate-too-low"}),
    ("regression_tensors", ("y_mean, y_std = y_train.mean(), y_train.std()", "y_mean, y_std = 0.0, 1e-4"), {"target-not-scaled"}),
    ("residual_blocks", ("x = self.layer2(x)", "x = self.layer2(x.detach())"), {"disconnected-block"}),
    ("character_model", ("dropout=0.1", "dropout=0.9"), {"excessive-regularization"}),
]
NEEDS = {
    "lightning_module": "lightning",
    "hf_trainer": "transformers",
    "peft_lora": "peft",
    "keras_functional": "keras",
    "keras_train_step": "keras",
}
NAMES = sorted({name for name, _, _ in FAULTS})


def diagnosis(tmp_path, name, change=None):
    if name in NEEDS and importlib.util.find_spec(NEEDS[name]) is None:
        pytest.skip(f"{NEEDS[name]} is not installed")
    text = (PROGRAMS / f"{name}.py").read_text()
    if change:
        assert text.count(change[0]) == 1
        text = text.replace(*change)
    (tmp_path / "train.py").write_text(text)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KERAS_BACKEND": "torch", "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--", sys.executable, "train.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "aitia:" not in done.stderr, done.stderr
    told = subprocess.run(
        [sys.executable, "-m", "aitia", "diagnose", "--format", "jsonl", "out"], cwd=tmp_path, env=environment, capture_output=True
    )
    return json.loads(told.stdout)


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_program_is_called_healthy(name, tmp_path):
    found = diagnosis(tmp_path, name)
    assert found["verdict"] == "healthy", (found["verdict"], [(c["id"], c["probability"]) for c in found["causes"]])


@pytest.mark.parametrize(("name", "change", "causes"), FAULTS)
def test_the_fault_of_a_program_is_named(name, change, causes, tmp_path):
    found = diagnosis(tmp_path, name, change)
    assert found["verdict"] == "faulty" and found["causes"][0]["id"] in causes, (
        found["verdict"],
        [(c["id"], c["probability"]) for c in found["causes"]],
    )


DIVERGES = """
import time
import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(256, 10); y = x @ torch.randn(10, 1)
model = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=30.0)
epochs = 100000
for epoch in range(epochs):
    for i in range(0, 256, 32):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x[i : i + 32]), y[i : i + 32]).backward()
        optimizer.step()
    time.sleep(0.2)
"""


def test_a_program_that_diverges_is_stopped_and_told_what_that_saved(tmp_path):
    (tmp_path / "train.py").write_text(DIVERGES)
    command = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--stop-on", "faulty:0.5", "--"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, sys.executable, "train.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600
    )
    assert "stopping the program: faulty:" in done.stderr and "of 100000" in done.stderr, done.stderr
    assert done.returncode != 0
    assert json.loads((tmp_path / "out/record.run.jsonl").read_text().splitlines()[-1])["status"] == "stopped"


def test_a_program_that_is_killed_leaves_a_record_that_is_diagnosed(tmp_path):
    (tmp_path / "train.py").write_text(DIVERGES)
    out = tmp_path / "out"
    process = subprocess.Popen([sys.executable, "train.py"], cwd=tmp_path, env={**program.surroundings(out), "OMP_NUM_THREADS": "1"})
    record = out / "record.run.jsonl"
    while not record.exists() or '"step":40,' not in record.read_text():
        assert process.poll() is None
        time.sleep(0.1)
    process.kill()
    process.wait()
    assert '"type":"end"' not in record.read_text()
    found = diagnose(out)
    assert found.verdict == "faulty" and found.causes[0].id == "learning-rate-too-high", found
