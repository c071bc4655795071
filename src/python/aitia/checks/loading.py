"""Experiments on the way of the data."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

from aitia.checks.bench import Bench, Result, seed
from aitia.recording.profile import fingerprints

ROWS = 16


def loader_equals_set(bench: Bench) -> Result:
    """The samples of a batch are those of the data set, each with its own label."""
    name = "loader-equals-set"
    if bench.whole is not None:
        return _held_against(bench, *bench.whole)
    loader = bench.loader
    if not isinstance(loader, DataLoader) or isinstance(loader.dataset, IterableDataset) or loader.batch_size is None:
        return Result(name, "unknown", "unknown", "there is no data set with a DataLoader to compare")
    rows = min(ROWS, len(loader.dataset))  # type: ignore[arg-type]
    seed(0)
    plain = DataLoader(loader.dataset, batch_size=rows, shuffle=False, collate_fn=loader.collate_fn)
    inputs, target = bench.pair(next(iter(plain)))
    singles = [loader.dataset[i] for i in range(rows)]
    again = [loader.dataset[i] for i in range(rows)]
    pairs = [(s[0], s[1]) if isinstance(s, (tuple, list)) and len(s) >= 2 else None for s in singles]
    if any(p is None for p in pairs) or not inputs or not isinstance(inputs[0], Tensor):
        return Result(name, "unknown", "unknown", "samples are no pairs of input and label")
    constant = all(_same(torch.as_tensor(a[0]), torch.as_tensor(b[0])) for a, b in zip(singles, again, strict=True))
    labels = [i for i, p in enumerate(pairs) if not _same(target[i].cpu(), torch.as_tensor(p[1]))]  # type: ignore[index]
    moved = [i for i, p in enumerate(pairs) if constant and not _same(inputs[0][i].cpu(), torch.as_tensor(p[0]))]  # type: ignore[index]
    values: dict[str, Any] = {"rows": rows, "labels_differ": len(labels), "inputs_differ": len(moved), "augmented": not constant}
    if labels:
        return Result(name, "no", "fault", f"{len(labels)} of {rows} labels in a batch are not those of the set", values)
    if moved:
        return Result(name, "no", "fault", f"{len(moved)} of {rows} inputs in a batch are not those of the set", values)
    return Result(name, "yes", "sound", values=values)


def _held_against(bench: Bench, x: np.ndarray, y: np.ndarray) -> Result:
    """Every row that the loader gives stands in the set, with that label."""
    name = "loader-equals-set"
    labels: dict[int, list[np.ndarray]] = {}
    for mark, label in zip(fingerprints(np.asarray(x, dtype=np.float32)).tolist(), np.asarray(y), strict=True):
        labels.setdefault(mark, []).append(label)
    rows = moved = wrong = 0
    for inputs, target in bench.batches:
        for mark, label in zip(fingerprints(inputs[0].cpu().numpy().astype(np.float32)).tolist(), target.cpu().numpy(), strict=True):
            rows += 1
            moved += mark not in labels
            wrong += mark in labels and not any(np.allclose(label, known) for known in labels[mark])
    values = {"rows": rows, "labels_differ": wrong, "inputs_differ": moved, "augmented": moved == rows}
    if wrong:
        return Result(name, "no", "fault", f"{wrong} of {rows} labels are not those of the set", values)
    if moved == rows:
        return Result(name, "unknown", "unknown", "no input is as it stands in the set: it is changed on the way", values)
    if moved:
        return Result(name, "no", "fault", f"{moved} of {rows} inputs are not those of the set", values)
    return Result(name, "yes", "sound", values=values)


def _same(a: Tensor, b: Tensor) -> bool:
    a, b = a.flatten().double(), b.flatten().double()
    return a.shape == b.shape and bool(torch.isclose(a, b, rtol=1e-4, atol=1e-6, equal_nan=True).all())
