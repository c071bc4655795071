"""Several processes that train together: each has its record, and the records are read as one run."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import read

from aitia.command.program import surroundings

ROOT = Path(__file__).resolve().parents[1]
RECORD = [sys.executable, "-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--"]

DDP = """
import sys, torch, torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel
fault = sys.argv[1]
dist.init_process_group("gloo")
rank = dist.get_rank()
torch.manual_seed(0)
x = torch.randn(2048, 8); y = x @ torch.randn(8, 1)
if fault == "bad":
    y[1024:] *= 3
model = DistributedDataParallel(nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1)))
called = model.module if fault == "alone" else model
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
mine = slice(0, 1024) if fault == "same" or rank == 0 else slice(1024, 2048)
x, y = x[mine], y[mine]
for epoch in range(8):
    order = torch.randperm(1024)
    for i in range(0, 1024, 64):
        xb, yb = x[order[i : i + 64]], y[order[i : i + 64]]
        if fault == "broken" and rank and i == 512:
            xb = xb * float("nan")
        optimizer.zero_grad()
        nn.functional.mse_loss(called(xb), yb).backward()
        optimizer.step()
dist.destroy_process_group()
"""


def distributed(tmp_path, fault, program=DDP):
    """The records of two processes that a launcher has started, by rank."""
    (tmp_path / "train.py").write_text(program)
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2", "train.py", fault]
    command = [*RECORD, *launcher]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0 and "aitia:" not in done.stderr, done.stderr
    return records_of_ranks(tmp_path)


def records_of_ranks(tmp_path):
    return [read(tmp_path / "out" / name) for name in ("record.run.jsonl", "record-rank1.run.jsonl")]


@contextlib.contextmanager
def meeting():
    """What processes have to know to meet.

    The store is held here, as a launcher holds it: a port that is only known to be free may be somebody else's when it is taken.
    """
    store = torch.distributed.TCPStore("127.0.0.1", 0, is_master=True, wait_for_workers=False)
    place = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(store.port), "WORLD_SIZE": "2", "OMP_NUM_THREADS": "1"}
    yield {**place, "TORCHELASTIC_USE_AGENT_STORE": "True", "TORCHELASTIC_RESTART_COUNT": "0"}
    del store


def run(tmp_path, fault, environment):
    """What two processes, started one by one, said.

    Each is a Python of its own: in a fork of one that has imported PyTorch, threads that start at the same moment may find its pool of
    threads broken.
    """
    with meeting() as place:
        started = [
            subprocess.Popen(
                [sys.executable, "train.py", fault],
                cwd=tmp_path,
                env={**environment, **place, "RANK": rank, "LOCAL_RANK": rank},
                stderr=subprocess.PIPE,
            )
            for rank in "01"
        ]
        said = [process.communicate(timeout=600)[1].decode() for process in started]
    assert not any(process.returncode for process in started), said
    return said


def ranks(tmp_path, fault, program=DDP):
    """The records of such processes, by rank."""
    (tmp_path / "train.py").write_text(program)
    (tmp_path / "out").mkdir()
    said = run(tmp_path, fault, surroundings(tmp_path / "out"))
    assert "aitia:" not in "".join(said), said
    return records_of_ranks(tmp_path)


def test_each_process_of_a_distributed_run_has_its_record(tmp_path):
    both = ranks(tmp_path, "none")
    assert [(r["run"][0]["rank"], r["run"][0]["world_size"]) for r in both] == [(0, 2), (1, 2)]
    assert [r["end"][0]["steps"] for r in both] == [128] * 2 and all(len(r["step"]) > 10 for r in both)
    assert [m["name"] for m in both[1]["model"][0]["modules"]] == ["0", "1", "2"]
    first, second = (r["step"][0] for r in both)
    assert first["loss"] != second["loss"] and first["gradient_norm"] == second["gradient_norm"]


def test_a_loss_that_breaks_on_one_process_keeps_no_other_waiting(tmp_path):
    first, second = ranks(tmp_path, "broken")
    assert second["trouble"][0]["direction"] == "input" and second["trouble"][0]["step"] == 8
    assert first["trouble"][0]["direction"] != "input" and [r["end"][0]["steps"] for r in (first, second)] == [128] * 2


SPAWNED = """
import time, torch, torch.distributed as dist, torch.multiprocessing as mp
from torch import nn
from torch.nn.parallel import DistributedDataParallel

def work(rank):
    dist.init_process_group("gloo", rank=rank, world_size=2)
    torch.manual_seed(0)
    x = torch.randn(2048, 8); y = x @ torch.randn(8, 1)
    model = DistributedDataParallel(nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
    x, y = x[rank::2], y[rank::2]
    for i in range(0, 1024, 64):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x[i : i + 64]), y[i : i + 64]).backward()
        optimizer.step()
    dist.destroy_process_group()
    while rank and '"type":"end"' not in open("out/record.run.jsonl").read():
        time.sleep(0.1)
    if rank:
        raise ValueError("deliberate")

if __name__ == "__main__":
    mp.spawn(work, nprocs=2)
"""


def test_processes_that_a_program_spawns_have_their_records(tmp_path):
    (tmp_path / "train.py").write_text(SPAWNED)
    command = [*RECORD, sys.executable, "train.py"]
    with meeting() as place:
        environment = {**os.environ, **place, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 1 and "aitia:" not in done.stderr, done.stderr
    both = records_of_ranks(tmp_path)
    assert [(r["run"][0]["rank"], r["run"][0]["world_size"]) for r in both] == [(0, 2), (1, 2)]
    assert all(r["step"][-1]["step"] >= 10 for r in both)
    first, second = (r["end"][0] for r in both)
    assert (first["status"], second["status"], second["error"]) == ("completed", "crashed", "ValueError: deliberate")


PARTS = """
import torch, torch.distributed as dist
from torch import nn
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
dist.init_process_group("gloo")
torch.manual_seed(0)
x = torch.randn(512, 8); y = x @ torch.randn(8, 1)
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
mesh = init_device_mesh("cpu", (2,))
for layer in (model[0], model[2], model):
    fully_shard(layer, mesh=mesh)
optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
mine = slice(dist.get_rank(), None, 2)
x, y = x[mine], y[mine]
for i in range(0, 256, 16):
    optimizer.zero_grad()
    nn.functional.mse_loss(model(x[i : i + 16]), y[i : i + 16]).backward()
    optimizer.step()
torch.save([p.to_local() for p in model.parameters()], f"rank{dist.get_rank()}.pt")
dist.destroy_process_group()
"""


def test_parameters_in_parts_on_each_process(tmp_path):
    first, second = ranks(tmp_path, "none", PARTS)
    assert first["run"][0]["sharded"] and second["run"][0]["sharded"]
    assert [m["name"] for m in first["model"][0]["modules"]] == ["0", "1", "2"]
    assert first["end"][0]["steps"] == second["end"][0]["steps"] == 16 and first["layer"][0]["update_ratio"] > 0
    recorded = [torch.load(tmp_path / f"rank{i}.pt") for i in range(2)]
    run(tmp_path, "none", dict(os.environ))
    assert all(torch.equal(a, b) for i in range(2) for a, b in zip(recorded[i], torch.load(tmp_path / f"rank{i}.pt"), strict=True))


@pytest.mark.diagnosis
@pytest.mark.parametrize(("fault", "cause"), [("same", "wrong-data-sharding"), ("alone", "api-misuse"), ("bad", "wrong-data-sharding")])
def test_what_is_wrong_between_processes_is_named(fault, cause, tmp_path):
    from aitia import diagnose

    if fault == "same":
        distributed(tmp_path, fault)
    else:
        ranks(tmp_path, fault)
    found = diagnose(tmp_path / "out")
    assert found.verdict == "faulty" and found.causes[0].id == cause, found
