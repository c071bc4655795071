"""`aitia record -- python train.py`: the program is itself, and what it did is recorded and diagnosed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import read

ROOT = Path(__file__).resolve().parents[1]

TRAIN = """
import os, sys, time
import torch
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset
import helper

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(6, 16)
        self.fc2 = nn.Linear(16, 2)
    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))

torch.manual_seed(0)
x = torch.randn(64, 6); y = (x[:, 0] > 0).long()
train_loader = DataLoader(TensorDataset(x[:48], y[:48]), batch_size=16, shuffle=True)
val_loader = DataLoader(TensorDataset(x[48:], y[48:]), batch_size=16)
model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(int(sys.argv[1])):
    model.train()
    for data, target in train_loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(data), target)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        correct = sum((model(data).argmax(1) == target).sum() for data, target in val_loader)
    print("epoch", epoch, "loss", loss.item(), "correct", correct.item(), flush=True)
print("to stderr", file=sys.stderr)
if sys.argv[2] == "raise":
    raise ValueError("deliberate")
if sys.argv[2] == "sleep":
    time.sleep(60)
if sys.argv[2] != "0":
    sys.exit(int(sys.argv[2]))
"""


def run(tmp_path, *arguments, wrapped=True, python=(sys.executable,)):
    (tmp_path / "train.py").write_text(TRAIN)
    (tmp_path / "helper.py").write_text("VALUE = 1\n")
    command = [*python, "train.py", *arguments]
    if wrapped:
        command = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--", *command]
    return subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_output_and_exit_code_are_the_programs_own(tmp_path):
    plain, recorded = run(tmp_path, "3", "5", wrapped=False), run(tmp_path, "3", "5")
    assert recorded.communicate() == plain.communicate()
    assert recorded.returncode == plain.returncode == 5
    log = (tmp_path / "out/console.log").read_text()
    assert "epoch 2 loss" in log and "to stderr" in log
    records = read(tmp_path / "out/record.run.jsonl")
    assert [e["split"] for e in records["epoch"]] == ["train", "validation"] * 3
    modules = records["model"][0]["modules"]
    assert [(m["name"], m["calls"], m.get("activation")) for m in modules] == [("fc1", 1, "relu"), ("fc2", 1, None)]
    assert "torch==" in (tmp_path / "out/environment.txt").read_text()
    # the program's own modules stand beside the record
    assert (tmp_path / "out/train.py").read_text() == TRAIN and (tmp_path / "out/helper.py").read_text() == "VALUE = 1\n"


def test_a_crash_is_told_in_the_record(python, tmp_path):
    process = run(tmp_path, "1", "raise", python=python)
    _, err = process.communicate()
    assert process.returncode == 1 and "ValueError: deliberate" in err
    end = read(tmp_path / "out/record.run.jsonl")["end"][0]
    assert end["status"] == "crashed" and end["error"] == "ValueError: deliberate"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_signals_reach_the_program(python, tmp_path, number, code):
    process = run(tmp_path, "1", "sleep", python=python)
    assert "epoch 0" in process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(number)
    process.communicate(timeout=300)
    assert process.returncode in (code, 128 + number)
    if number == signal.SIGINT:
        assert read(tmp_path / "out/record.run.jsonl")["end"][0]["status"] == "stopped"


def test_a_program_without_a_framework_is_left_alone(tmp_path):
    command = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--", sys.executable, "-c", "print('hello')"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "hello\n", "")
    assert not list((tmp_path / "out").glob("*.jsonl"))


def test_what_cannot_be_started_is_said(tmp_path):
    command = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--", "no-such-program"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 127 and "no-such-program cannot be started" in done.stderr


def test_who_asks_for_a_framework_before_it_is_imported_does_not_hide_it(python, tmp_path):
    (tmp_path / "train.py").write_text(
        "import importlib.util\nassert importlib.util.find_spec('torch')\n" + TRAIN.replace("import helper\n", "")
    )
    command = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--", *python, "train.py", "1", "0"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode == 0 and len(read(tmp_path / "out/record.run.jsonl")["step"]) == 3, done.stderr
