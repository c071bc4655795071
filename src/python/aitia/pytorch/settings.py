"""The `run` and `config` records: what the optimizer, the schedule, the precision and the environment are."""

from __future__ import annotations

import os
import platform
import sys
from typing import Any

import torch

from aitia.pytorch.statistics import is_part
from aitia.recording.jsonl import SCHEMA, now

HYPERPARAMETERS = (
    "momentum",
    "dampening",
    "nesterov",
    "weight_decay",
    "betas",
    "eps",
    "alpha",
    "rho",
    "amsgrad",
    "centered",
    "maximize",
)
VARIABLES = (
    "CUDA_VISIBLE_DEVICES",
    "OMP_NUM_THREADS",
    "PYTHONHASHSEED",
    "CUBLAS_WORKSPACE_CONFIG",
    "NCCL_DEBUG",
    "TOKENIZERS_PARALLELISM",
)
DEFAULT_SEED = 67280421310721  # of a generator that nobody has seeded (ATen/core/Generator.h)


def run_record(
    name: str, task: str | None, classes: int | None, parameters: list[torch.Tensor], framework: str = "pytorch", version: str = ""
) -> dict[str, Any]:
    """The `run` record."""
    record: dict[str, Any] = {"type": "run", "schema": SCHEMA, "framework": framework}
    record["framework_version"] = version or str(torch.__version__).split("+")[0]
    device = str(parameters[0].device) if parameters else "cpu"
    rank, size = processes()
    if size > 1:
        record.update(rank=rank, world_size=size, sharded=any(is_part(p) for p in parameters))
    return {**record, "task": task, "classes": classes, "name": name, "created": now(), "device": device}


def processes() -> tuple[int, int]:
    """The rank of this process, and how many train together."""
    if torch.distributed.is_available() and torch.distributed.is_initialized():
        return torch.distributed.get_rank(), torch.distributed.get_world_size()
    return int(os.environ.get("RANK") or 0), int(os.environ.get("WORLD_SIZE") or 1)


def optimizer_settings(optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    """The optimizer as `config` has it; of several groups the first speaks, the others' rates stand beside it."""
    group = optimizer.param_groups[0]
    found: dict[str, Any] = {
        "name": type(optimizer).__name__,
        "learning_rate": float(group.get("initial_lr", group.get("lr", 0.0))),
    }
    for name in HYPERPARAMETERS:
        value = group.get(name)
        if isinstance(value, (bool, int, float, tuple)):
            found[name] = value
    rates = [float(g["lr"]) for g in optimizer.param_groups if "lr" in g]
    if len(set(rates)) > 1:
        found["learning_rates"] = rates
    return found


def precision(parameter: torch.Tensor | None) -> str | None:
    """The number format of the forward pass that is under way."""
    if parameter is None:
        return None
    device = parameter.device.type
    if torch.is_autocast_enabled(device):
        return "amp-" + _short(torch.get_autocast_dtype(device))
    return _short(parameter.dtype)


def _short(dtype: torch.dtype) -> str:
    names = {torch.float16: "fp16", torch.bfloat16: "bf16", torch.float32: "fp32", torch.float64: "fp64"}
    return names.get(dtype, str(dtype).removeprefix("torch."))


def seed() -> int | None:
    """The seed, if one was set by number."""
    value = torch.initial_seed()
    return value if value != DEFAULT_SEED and value < 2**32 else None


def environment() -> dict[str, Any]:
    """Versions and variables that change how training goes."""
    found: dict[str, Any] = {
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "platform": platform.platform(),
    }
    if torch.cuda.is_available():
        found["cuda"] = torch.version.cuda
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        found["numpy"] = numpy.__version__
    found.update({v: os.environ[v] for v in VARIABLES if v in os.environ})
    return found
