"""The batches of a run: which loader they come from, which split that is, and what they hold."""

from __future__ import annotations

import weakref
from collections import Counter
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import RandomSampler, SequentialSampler

from aitia.pytorch.layers import first_tensor
from aitia.pytorch.losses import Call
from aitia.pytorch.statistics import describe
from aitia.recording import names
from aitia.recording.profile import Profile

INPUTS = ("input_ids", "pixel_values", "input_values", "inputs_embeds", "x", "inputs", "input", "images")
LABELS = ("labels", "label", "targets", "target", "y")


def input_of(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Tensor | None:
    """The tensor that a model was called with."""
    for source in (kwargs, args[0] if args and hasattr(args[0], "keys") else {}):
        for name in INPUTS:
            if name in source and isinstance(source[name], Tensor):
                return source[name]
    return first_tensor(args) if args else first_tensor(kwargs)


def labels_of(batch: Any) -> Tensor | None:
    """The labels or targets of a batch, where it has some."""
    found = None
    if hasattr(batch, "keys"):
        found = next((batch[k] for k in LABELS if k in batch), None)
    elif isinstance(batch, (list, tuple)) and len(batch) >= 2:
        found = batch[1]
    return found if isinstance(found, Tensor) and found.ndim else None


def batch_record(inputs: Tensor, call: Call | None) -> dict[str, Any]:
    """The `batch` of a step: statistics of the inputs, and the labels that came with them."""
    record: dict[str, Any] = describe(inputs)
    target = call.target if call else None
    if target is not None and target.ndim == 1 and not target.is_floating_point() and target.device.type == "cpu" and len(target) <= 4096:
        record["labels"] = {str(k): v for k, v in sorted(Counter(target.tolist()).items())}
    return record


def array(x: Tensor) -> np.ndarray:
    """The tensor as numpy has it; number formats that numpy lacks in single precision."""
    x = x.detach()
    return (x.float() if x.dtype == torch.bfloat16 else x).cpu().numpy()


class Splits:
    """The loaders of a run and the profiles of their data."""

    def __init__(self, given: dict[int, str]):
        self.given = given
        self.named: dict[object, str] = dict(given)
        self.trained: object = None  # the loader that the updates come from
        self.current: Any = None  # the loader of the last batch
        self.batch: Any = None
        self.fresh = False  # whether no model has seen the batch yet
        self.opens: dict[int, int] = {}
        self.profiles: dict[str, Profile] = {}
        self.whole: set[str] = set()  # splits whose data were shown as a whole
        self._iterators: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()

    def opened(self, loader: Any, iterator: Any) -> None:
        """A loader begins anew; it is named by the variable that holds it."""
        self._iterators[iterator] = loader
        self.opens[id(loader)] = self.opens.get(id(loader), 0) + 1
        if id(loader) not in self.named:
            dataset = loader.dataset
            found = names.split_by_variable(lambda v: v is loader or v is dataset)
            if found:
                self.named[id(loader)] = found

    def take(self, loader: Any, batch: Any) -> None:
        """A loader has given a batch."""
        self.current, self.batch, self.fresh = loader, batch, True

    def loader_of(self, iterator: Any) -> Any:
        """The loader that an iterator belongs to."""
        return self._iterators.get(iterator)

    def name(self, key: object, is_train: bool) -> str:
        """The split of a loader or of what else data came from: by name, or else by its use."""
        if is_train:
            return "train"
        if key not in self.named:
            self.named[key] = "test" if "validation" in self.named.values() else "validation"
        return self.named[key]

    def by_inputs(self, inputs: Tensor | None) -> str | None:
        """The split that the variables name which hold these inputs, or what they were cut from."""
        if inputs is None:
            return names.split_by_variable(lambda v: False)
        memory = inputs.untyped_storage().data_ptr()
        return names.split_by_variable(
            lambda v: v is inputs or (type(v) is Tensor and v.layout == torch.strided and v.untyped_storage().data_ptr() == memory)
        )

    def profile(self, split: str, inputs: Tensor | None, target: Tensor | None, rows: int) -> None:
        """Adds a batch to the profile of its split."""
        if split in self.whole:
            return
        if split not in self.profiles:
            samples = None
            dataset = getattr(self.current, "dataset", None)
            if hasattr(dataset, "__len__"):
                samples = len(dataset)
            self.profiles[split] = Profile(split, samples)
        profile = self.profiles[split]
        target = target if target is not None and target.ndim and len(target) == rows else None
        values = array(inputs) if inputs is not None and inputs.ndim and len(inputs) == rows and profile.wants_values() else None
        profile.add(values, array(target) if target is not None else None, rows)

    def settings(self, inputs: Tensor | None) -> dict[str, Any]:
        """Batch size and shuffling, as the loader has them or the first batch shows."""
        loader = self.current
        found: dict[str, Any] = {"batch_size": getattr(loader, "batch_size", None)}
        if found["batch_size"] is None and inputs is not None and inputs.ndim:
            found["batch_size"] = int(inputs.shape[0])
        sampler = getattr(loader, "sampler", None)
        if isinstance(sampler, (RandomSampler, SequentialSampler)):
            found["shuffle"] = isinstance(sampler, RandomSampler)
        return found
