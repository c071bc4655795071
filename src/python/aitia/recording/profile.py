"""What a split looks like as it enters the model, put together from the batches that pass by."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

MAX_ROWS = 4096  # whose values are measured; labels are counted for all
MAX_VALUES = 2_000_000  # values measured, whatever their rows: 50 MB while the record is made
MAX_COLUMNS = 256  # the format's limit for column profiles
MAX_LABELS = 1000


def moments(values: np.ndarray) -> dict[str, float]:
    """Mean, deviation and range of the finite values; empty when there are none."""
    values = np.asarray(values, dtype=np.float64).ravel()
    values = values[np.isfinite(values)]
    if values.size == 0:
        return {}
    with np.errstate(over="ignore", invalid="ignore"):
        return {"mean": values.mean(), "std": values.std(), "min": values.min(), "max": values.max()}


def fingerprints(rows: np.ndarray) -> np.ndarray:
    """A number a row, equal for equal rows: a sum of its words with odd random weights, modulo 2**64."""
    flat = np.ascontiguousarray(rows.reshape(len(rows), -1))
    data = flat.view(np.uint32 if flat.itemsize % 4 == 0 else np.uint8).reshape(len(rows), -1).astype(np.uint64)
    weights = np.random.Generator(np.random.PCG64(7)).integers(1, 2**63, data.shape[1], dtype=np.uint64) | np.uint64(1)
    with np.errstate(over="ignore"):
        return (data * weights).sum(axis=1, dtype=np.uint64)


class Profile:
    """Gathers the `data` record of one split."""

    def __init__(self, split: str, samples: int | None = None, columns: list[str] | None = None):
        self.split = split
        self.samples = samples
        self.columns = columns
        self._known: set[int] = set()
        self.seen = 0
        self._rows: list[np.ndarray] = []
        self._measured = 0
        self._values = 0
        self._labels: Counter[str] = Counter()
        self._targets: list[np.ndarray] = []
        self._shape: list[int] | None = None
        self._tokens = False

    def wants_values(self) -> bool:
        """Whether more inputs are of use."""
        return self._measured < MAX_ROWS and self._values < MAX_VALUES

    def add(self, inputs: np.ndarray | None, targets: np.ndarray | None, rows: int) -> None:
        """Takes a batch: inputs with the sample first, or none; targets, or none."""
        self.seen += rows
        if inputs is not None and inputs.ndim and self.wants_values():
            inputs = inputs[: MAX_ROWS - self._measured]
            inputs = inputs[: max(1, (MAX_VALUES - self._values) // max(1, inputs[0].size))] if len(inputs) else inputs
            self._shape = list(inputs.shape[1:])
            self._tokens = inputs.dtype.kind in "iu" and inputs.dtype.itemsize > 1
            self._rows.append(np.array(inputs.reshape(len(inputs), -1)))
            self._measured += len(inputs)
            self._values += inputs.size
        if targets is not None and len(targets) == rows:
            if targets.dtype.kind in "iub" and targets.ndim == 1:
                values, counts = np.unique(targets, return_counts=True)
                if len(self._labels) < MAX_LABELS:
                    self._labels.update({str(int(v)): int(c) for v, c in zip(values, counts, strict=True)})
            elif targets.dtype.kind == "f" and sum(t.size for t in self._targets) < MAX_VALUES // 8:
                self._targets.append(np.array(targets, dtype=np.float64).ravel())

    def known(self) -> set[int]:
        """Fingerprints of the rows that were measured."""
        if self._rows:
            self._known = set(fingerprints(np.concatenate(self._rows)).tolist())
        return self._known

    def record(self, train: Profile | None = None) -> dict[str, Any] | None:
        """The record, or none when nothing was seen; `train` is what duplicates are looked for in."""
        if not self.seen:
            return None
        record: dict[str, Any] = {
            "type": "data",
            "split": self.split,
            "samples": self.samples or self.seen,
            "stage": "model-input",
        }
        if self._rows:
            values = np.concatenate(self._rows)
            finite = np.isfinite(values)
            record.update(shape=self._shape, missing_fraction=float(np.isnan(values).mean()), non_finite=int((~finite).sum()))
            record.update(moments(values))
            if train is not None and train is not self and (known := train.known()):
                record["duplicates"] = sum(f in known for f in fingerprints(values).tolist())
            if values.shape[1] <= MAX_COLUMNS and not self._tokens:
                names = self.columns or [f"v{i:03d}" for i in range(values.shape[1])]
                record["columns"] = [self._column(name, values[:, i]) for i, name in enumerate(names[: values.shape[1]])]
        if self._labels:
            record["labels"] = dict(sorted(self._labels.items(), key=lambda kv: int(kv[0])))
        elif self._targets:
            record["target"] = moments(np.concatenate(self._targets))
        self.known()
        self._rows.clear()
        self._targets.clear()
        return record

    @staticmethod
    def _column(name: str, values: np.ndarray) -> dict[str, Any]:
        column: dict[str, Any] = {
            "name": name,
            **moments(values),
            "missing_fraction": float(np.isnan(values).mean()),
        }
        finite = values[np.isfinite(values)]
        if finite.size:
            column["quantiles"] = [float(q) for q in np.quantile(finite.astype(np.float64), np.linspace(0, 1, 11))]
        return column
