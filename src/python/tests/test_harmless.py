"""The run with the recorder is, number for number, the run without it, and the recorder's own faults stay its own."""

import contextlib
import copy
import io
import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from conftest import read
from programs_small import PROGRAMS, train
from torch import nn

import aitia
from aitia.pytorch import patches
from aitia.pytorch.layers import LayerWatch
from aitia.pytorch.training import Training

ROOT = Path(__file__).resolve().parents[1]


def without(model, optimizer):
    return contextlib.nullcontext()


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


@pytest.mark.parametrize("name", PROGRAMS)
def test_two_hundred_steps_are_the_same_bit_for_bit(name, tmp_path):
    plain = train(name, 200, without)
    recorded = train(name, 200, lambda m, o: aitia.record(m, o, path=tmp_path / "a.run.jsonl"))
    assert same(plain[0], recorded[0])
    assert plain[1] == recorded[1]
    assert plain[2] == recorded[2]
    assert len(read(tmp_path / "a.run.jsonl")["step"]) > 150


def test_with_every_step_looked_at_layer_by_layer_it_is_the_same_too(tmp_path, monkeypatch):
    monkeypatch.setattr("aitia.recording.sampling.Sampler.layers", lambda self, step: True)
    plain = train("cnn", 40, without)
    recorded = train("cnn", 40, lambda m, o: aitia.record(m, o, path=tmp_path / "a.run.jsonl"))
    assert same(plain[0], recorded[0]) and plain[1:] == recorded[1:]
    assert len(read(tmp_path / "a.run.jsonl")["layer"]) > 200


def simple(path, steps=5, model=None, loss=F.mse_loss, **options):
    model = model or nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    with aitia.record(model, optimizer, path=path, **options) as session:
        for _ in range(steps):
            out = model(torch.randn(16, 4))
            optimizer.zero_grad()
            loss(out, torch.randn(16, 1)).backward()
            optimizer.step()
    return model, session


def test_pytorch_is_as_it_was_afterwards(tmp_path):
    before = (torch.autograd.backward, F.cross_entropy, torch.optim.Optimizer.__init__, torch.compile)
    model, _ = simple(tmp_path / "a.run.jsonl")
    assert (torch.autograd.backward, F.cross_entropy, torch.optim.Optimizer.__init__, torch.compile) == before
    assert patches.current() is None
    assert not any(m._forward_hooks or m._forward_pre_hooks or m._backward_hooks for m in model.modules())
    assert not nn.modules.module._has_any_global_hook()


def test_a_fault_in_a_hook_is_told_once_and_the_training_goes_on(tmp_path, monkeypatch, capsys):
    def broken(self, *args, **kwargs):
        raise RuntimeError("deliberate")

    monkeypatch.setattr(LayerWatch, "seen", broken)
    monkeypatch.setattr("aitia.pytorch.training.batch_record", broken)
    _, session = simple(tmp_path / "a.run.jsonl", steps=20)
    err = capsys.readouterr().err
    assert err.count("deliberate") == len(session.care.failed) == 2
    assert "the training goes on" in err


def test_an_error_of_the_program_passes_through_and_ends_the_record(tmp_path):
    with pytest.raises(ZeroDivisionError), aitia.record(path=tmp_path / "a.run.jsonl"):
        model = nn.Linear(4, 1)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        F.mse_loss(model(torch.randn(2, 4)), torch.randn(2, 1)).backward()
        optimizer.step()
        1 / 0
    end = read(tmp_path / "a.run.jsonl")["end"][0]
    assert end["status"] == "crashed" and end["error"] == "ZeroDivisionError: division by zero"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk_ends_the_record_and_not_the_run(tmp_path, capsys):
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl") as session:
        session.writer._file = open("/dev/full", "wb", buffering=0)
        for _ in range(5):
            F.mse_loss(model(torch.randn(2, 4)), torch.randn(2, 1)).backward()
            optimizer.step()
    assert session.step == 5
    assert capsys.readouterr().err.count("No space left on device") == 1


def test_a_file_that_may_not_grow_ends_the_record_and_not_the_run(tmp_path, capsys):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, before[1]))
    try:
        _, session = simple(tmp_path / "a.run.jsonl", steps=60)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert session.step == 60 and capsys.readouterr().err.count("File too large") == 1
    text = (tmp_path / "a.run.jsonl").read_text()
    assert len(text) == 4000 and all(json.loads(line) for line in text.splitlines()[:-1])


KILLED = """
import os, signal, torch, aitia
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
with aitia.record(model, optimizer, path="a.run.jsonl"):
    for step in range(20):
        torch.nn.functional.mse_loss(model(torch.randn(2, 4)), torch.randn(2, 1)).backward()
        optimizer.step()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run(python, tmp_path, program, *arguments):
    """The exit code of a program."""
    (tmp_path / "program.py").write_text(program)
    return subprocess.run([*python, "program.py", *arguments], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode


def test_a_kill_leaves_a_readable_record(python, tmp_path):
    assert run(python, tmp_path, KILLED) == 128 + signal.SIGKILL
    records = read(tmp_path / "a.run.jsonl")
    assert {"run", "config", "model", "step", "layer"} <= records.keys() and "end" not in records
    assert records["step"][-1]["step"] >= 10


def test_tied_weights_are_named_and_counted_once(tmp_path):
    train("transformer", 3, lambda m, o: aitia.record(m, o, path=tmp_path / "a.run.jsonl"))
    model = read(tmp_path / "a.run.jsonl")["model"][0]
    by_name = {m["name"]: m for m in model["modules"]}
    assert by_name["out"]["shared_with"] == "embed"
    assert model["parameters"] == sum(m["parameters"] for m in model["modules"]) - 20 * 32


class Odd(nn.Module):
    def __init__(self):
        super().__init__()
        self.often = nn.Linear(4, 4)
        self.never = nn.Linear(4, 4)
        self.last = nn.Linear(4, 1)

    def forward(self, x):
        return {"out": self.last(self.often(self.often(self.often(x)))), "note": "text", "more": (None, [x])}


def test_modules_called_often_or_never_and_outputs_of_any_kind(tmp_path):
    simple(tmp_path / "a.run.jsonl", model=Odd(), loss=lambda out, y: F.mse_loss(out["out"], y))
    records = read(tmp_path / "a.run.jsonl")
    calls = {m["name"]: m["calls"] for m in records["model"][0]["modules"]}
    assert calls == {"often": 3, "never": 0, "last": 1}
    never = [r for r in records["layer"] if r["name"] == "never"]
    assert never[0]["gradient"] == {"absent": True} and "activation" not in never[0]


def test_a_compiled_model_is_recorded_from_outside(tmp_path):
    inner = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
    _, session = simple(tmp_path / "a.run.jsonl", model=torch.compile(inner, backend="eager"))
    records = read(tmp_path / "a.run.jsonl")
    assert not session.care.failed
    assert [m["name"] for m in records["model"][0]["modules"]] == ["0", "1", "2"]
    assert all("activation" not in r for r in records["layer"]) and records["layer"][0]["update_ratio"] > 0


def test_a_model_compiled_after_the_optimizer_was_made(tmp_path):
    with aitia.record(path=tmp_path / "a.run.jsonl") as session:
        model = nn.Linear(4, 1)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        fast = torch.compile(model, backend="eager", fullgraph=True)
        for _ in range(3):
            F.mse_loss(fast(torch.randn(2, 4)), torch.randn(2, 1)).backward()
            optimizer.step()
    assert not session.care.failed
    assert read(tmp_path / "a.run.jsonl")["step"][-1]["step"] == 2


def test_wrappers_in_the_manner_of_data_parallel_are_looked_through(tmp_path):
    simple(tmp_path / "a.run.jsonl", model=nn.DataParallel(nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1))))
    names = [m["name"] for m in read(tmp_path / "a.run.jsonl")["model"][0]["modules"]]
    assert names == ["0", "1", "2"]


def test_sampling_of_two_thousand_modules(tmp_path):
    deep = nn.Sequential(nn.Linear(4, 4), *[nn.Sequential(nn.Linear(4, 4), nn.ReLU()) for _ in range(1000)], nn.Linear(4, 1))
    _, session = simple(tmp_path / "a.run.jsonl", model=deep, steps=5)
    assert len(read(tmp_path / "a.run.jsonl")["model"][0]["modules"]) == 2002
    assert not session.care.failed
    assert session.writer.path.stat().st_size < 10_000_000


def test_models_are_saved_and_copied_without_the_recorder(python, tmp_path):
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl") as session:
        buffer = io.BytesIO()
        torch.save(model, buffer)
        other = copy.deepcopy(model)
        other(torch.randn(2, 4))
        assert session._forwards == 0
        torch.jit.script(nn.Sequential(nn.Linear(2, 2)))
    buffer.seek(0)
    loaded = torch.load(buffer, weights_only=False)
    assert torch.equal(loaded(torch.ones(1, 4)), model(torch.ones(1, 4)))
    program = "import sys, torch; m = torch.load('m.pt', weights_only=False); m(torch.ones(1, 4)); assert 'aitia' not in sys.modules"
    (tmp_path / "m.pt").write_bytes(buffer.getvalue())
    assert run(python, tmp_path, program) == 0


GRAPH = """
import weakref, torch, aitia
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
with aitia.record(model, optimizer, path="a.run.jsonl"):
    for step in range(3):
        out = model(torch.randn(2, 4))
        node = weakref.ref(out)
        torch.nn.functional.mse_loss(out, torch.randn(2, 1)).backward()
        optimizer.step()
        del out
        assert node() is None, step
"""


def test_no_graph_is_kept_alive(python, tmp_path):
    assert run(python, tmp_path, GRAPH) == 0


def test_events_are_methods_that_keep_their_faults():
    events = [name for name in vars(Training) if name.startswith("on_")]
    assert events and all(hasattr(getattr(Training, name), "__wrapped__") for name in events)


def test_a_loss_inside_of_a_compiled_function(tmp_path):
    model = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl") as session:

        @torch.compile(backend="eager", fullgraph=True)
        def criterion(out, y):
            return F.cross_entropy(out, y)

        for _ in range(3):
            criterion(model(torch.randn(6, 4)), torch.arange(6) % 3).backward()
            optimizer.step()
    assert not session.care.failed
    assert len(read(tmp_path / "a.run.jsonl")["step"]) == 3
