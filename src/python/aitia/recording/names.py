"""What the names in a program tell: which split a loader holds, which epoch it is."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

SPLITS = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validate": "validation",
    "validation": "validation",
    "dev": "validation",
    "eval": "validation",
    "evaluation": "validation",
    "test": "test",
    "testing": "test",
    "holdout": "test",
}
EPOCH = re.compile(r"(i_|cur_|current_)?(epoch|epoch_idx|ep|epoch_index|current_epoch)", re.IGNORECASE)
EPOCHS = re.compile(r"(n_|num_|max_|total_|nb_)?epochs|num_train_epochs|epoch_num", re.IGNORECASE)
DEPTH = 25  # frames looked at
FOREIGN = (
    "torch.",
    "aitia.",
    "torch",
    "accelerate.",
    "transformers.",
    "lightning.",
    "pytorch_lightning.",
    "mindspore.",
    "contextlib",
)


def split_of(name: str) -> str | None:
    """The split that a name speaks of: `val_loader`, `X_test`, `trainDataset`."""
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
    for word in re.split(r"[^a-z]+", words):
        for start in (word, word.removesuffix("loader"), word.removesuffix("dataloader"), word.removesuffix("set")):
            if start in SPLITS:
                return SPLITS[start]
    return None


def frames(depth: int = DEPTH) -> Iterator[FrameType]:
    """The frames of the user's own code, innermost first."""
    frame: FrameType | None = sys._getframe(1)
    for _ in range(depth):
        if frame is None:
            return
        if not str(frame.f_globals.get("__name__", "")).startswith(FOREIGN):
            yield frame
        frame = frame.f_back


def variables(frame: FrameType) -> dict[str, Any]:
    """The variables of a frame, those of its module too where it is a function."""
    known = frame.f_locals
    return known if known is frame.f_globals else {**frame.f_globals, **known}


def split_by_variable(same: Callable[[Any], bool]) -> str | None:
    """The split named by a variable that holds the thing, or else by the function that is at work."""
    function = None
    for frame in frames():
        for name, value in list(variables(frame).items()):
            if same(value) and (split := split_of(name)):
                return split
        function = function or split_of(frame.f_code.co_name)
    return function


def variable_of(thing: object) -> str | None:
    """The name of a variable that holds the thing."""
    return next((name for frame in frames() for name, value in list(variables(frame).items()) if value is thing), None)


def epoch_variable() -> int | None:
    """The value of the variable that counts epochs, if the program has one."""
    for frame in frames():
        for name, value in frame.f_locals.items():
            if type(value) is int and EPOCH.fullmatch(name):
                return value
    return None


def planned_epochs() -> int | None:
    """The number of epochs that the program means to make, from a variable or an option named so."""
    for frame in frames():
        for name, value in list(variables(frame).items()):
            if type(value) is int and value > 0 and EPOCHS.fullmatch(name):
                return value
            options = getattr(value, "__dict__", None)
            if name in ("args", "opt", "opts", "config", "cfg", "hparams") and isinstance(options, dict):
                for option, its in options.items():
                    if type(its) is int and its > 0 and EPOCHS.fullmatch(option):
                        return its
    return None
