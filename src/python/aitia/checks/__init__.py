"""The experiments that experts make before they look at curves, made by themselves: `aitia.check(model, loss, optimizer, loader)`."""

from __future__ import annotations

import html
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer

from aitia.checks import batch, loading, short_runs, versions
from aitia.checks.bench import Bench, Result, undisturbed
from aitia.recording.jsonl import RecordWriter

__all__ = ["Checks", "Result", "check"]

# By the name of the `probe`; what trains comes last.
EXPERIMENTS: dict[str, Callable[[Bench], Result]] = {
    "optimizer-holds-all": batch.optimizer_holds_all,
    "loss-shapes-agree": batch.loss_shapes_agree,
    "first-loss": batch.first_loss,
    "loss-reduction": batch.loss_reduction,
    "gradients-after-first-backward": batch.gradients,
    "depends-on-other-samples": batch.depends_on_other_samples,
    "loader-equals-set": loading.loader_equals_set,
    "seeds": short_runs.seeds,
    "overfits-one-batch": short_runs.overfits_one_batch,
    "zero-inputs": short_runs.zero_inputs,
    "shuffled-inputs": short_runs.shuffled_inputs,
    "train-eval-modes-differ": short_runs.modes_differ,
    "shuffled-labels": short_runs.shuffled_labels,
    "learning-rate-finder": short_runs.learning_rate_finder,
    "fp32-run": versions.fp32_run,
    "augmentation-off": versions.augmentation_off,
}


@dataclass
class Checks:
    """The results of all experiments."""

    results: list[Result]

    @property
    def faults(self) -> list[Result]:
        """What was found to be wrong."""
        return [r for r in self.results if r.state == "fault"]

    def __getitem__(self, name: str) -> Result:
        return next(r for r in self.results if r.name == name)

    def __str__(self) -> str:
        marks = {"fault": "x", "sound": "+", "unknown": "?"}
        return "\n".join(f"{marks[r.state]} {r.name}: {r.result}{'  ' + r.text if r.text else ''}" for r in self.results)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{r.state}</td><td style='text-align:left'><code>{html.escape(r.name)}</code></td><td>{html.escape(r.result)}</td>"
            f"<td style='text-align:left'>{html.escape(r.text)}</td></tr>"
            for r in self.results
        )
        return f"<table><tr><th></th><th>experiment</th><th>result</th><th></th></tr>{rows}</table>"


def check(
    model: nn.Module,
    loss: Callable[..., Any],
    optimizer: Optimizer,
    loader: Iterable[Any],
    *,
    validation: Iterable[Any] | None = None,
    metric: Callable[..., Any] | None = None,
    unpack: Callable[[Any], tuple[Any, Any]] | None = None,
    steps: int = 150,
    autocast: torch.dtype | None = None,
    loss_scale: float | None = None,
    only: Iterable[str] | None = None,
    path: str | os.PathLike[str] | None = None,
) -> Checks:
    """Makes the experiments on copies of the model and the optimizer; both, and all random numbers, are afterwards as they were.

    `loss(output, target)` is what is trained with; `unpack(batch)` gives inputs and target where a batch is no such pair.
    `metric(output, target)` is a share of right answers, for `shuffled-labels`; that and `augmentation-off` need `validation`. `steps` is
    the length of the short trainings. `autocast` and `loss_scale` are those of mixed precision, for `fp32-run`. `only` names the
    experiments to make. `path` is a run record that the results are appended to, as `probe` records.
    """
    with undisturbed(model):
        return make(Bench(model, loss, optimizer, loader, validation, metric, unpack, steps, None, autocast, loss_scale), only, path)


def make(bench: Bench, only: Iterable[str] | None = None, path: str | os.PathLike[str] | None = None) -> Checks:
    """Makes the experiments on a bench, and writes their results as they come."""
    wanted = None if only is None else set(only)
    found = []
    writer = RecordWriter(path) if path else None
    with undisturbed(bench.model):
        for name, experiment in EXPERIMENTS.items():
            if wanted is not None and name not in wanted:
                continue
            began = time.monotonic()
            try:
                result = experiment(bench)
            except Exception as e:
                result = Result(name, "unknown", "unknown", f"the experiment could not be made: {type(e).__name__}: {e}")
            found.append(result)
            if writer:
                writer.append({**result.record(), "seconds": time.monotonic() - began})
    if writer:
        writer.close()
    return Checks(found)
