"""Figures of a split, added up over its batches: of the training in an epoch, or of an evaluation."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from aitia.pytorch.losses import Call, metrics, scores
from aitia.pytorch.statistics import fetch

SCORED = 16  # batches that may stand for an epoch whose other batches were not scored; else a quarter of them
PENDING = 64  # batches whose scalars are left on the device before they are fetched


class Totals:
    """Means over samples of the loss and the metrics. Sums are kept as double-precision numbers."""

    def __init__(self) -> None:
        self.rows = 0
        self.batches = 0
        self._scored = 0
        self._loss = 0.0
        self._weight = 0
        self._sums: dict[str, float] = {}
        self._pending: list[tuple[Any, int, dict[str, Any]]] = []

    def add(self, loss: Tensor | float | None, rows: int, sums: dict[str, Any] | None = None) -> None:
        """Takes the mean loss of a batch and the sums of its scores."""
        self.batches += 1
        self.rows += rows
        self._scored += bool(sums)
        self._pending.append((loss, rows, sums or {}))
        if len(self._pending) >= PENDING:
            self._settle()

    def add_call(self, call: Call) -> None:
        """Takes a call of a loss."""
        self.add(call.mean(), call.rows, scores(call))

    def _settle(self) -> None:
        for loss, rows, sums in fetch(self._pending):
            if loss is not None:
                self._loss += loss * rows
                self._weight += rows
            for k, v in sums.items():
                self._sums[k] = self._sums.get(k, 0.0) + v
        self._pending.clear()

    def figures(self) -> tuple[float | None, dict[str, float]]:
        """Mean loss and metrics, as far as there are any."""
        self._settle()
        known = metrics(self._sums) if self._scored >= min(SCORED, self.batches / 4) else {}
        return (self._loss / self._weight if self._weight else None), known


class Phase:
    """One pass over a split without training."""

    def __init__(self, key: object, split: str, mode: str, with_graph: bool):
        self.key = key
        self.split = split
        self.mode = mode
        self.with_graph = with_graph
        self.by_loss = Totals()  # where the program computes its loss
        self.by_labels = Totals()  # where it only compares outputs with labels
        self.inputs: Tensor | None = None
        self.call: Call | None = None
        self.profiled = False

    def record(self, epoch: int | None, step: int) -> dict[str, Any] | None:
        """The `epoch` record; none when nothing was measured."""
        loss, found = self.by_loss.figures()
        found = found or self.by_labels.figures()[1]
        if loss is None and not found:
            return None
        record: dict[str, Any] = {"type": "epoch", "epoch": epoch, "step": max(0, step), "split": self.split}
        if loss is not None:
            record["loss"] = loss
        return {**record, "metrics": found, "mode": self.mode}
