"""Aitia records training runs and names the root cause of what goes wrong.

`with aitia.record(model, optimizer):` around a PyTorch loop writes a run record; `aitia record -- python train.py` does so without a
changed line. What comes from the frameworks is imported when it is used.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "record": "aitia.pytorch",
    "diagnose": "aitia.diagnosis",
    "Diagnosis": "aitia.diagnosis",
    "check": "aitia.checks",
}
_MODULES = ("keras", "frameworks")
__all__ = ["Diagnosis", "__version__", "check", "diagnose", "record"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name in _MODULES:
        return importlib.import_module(f"aitia.{name}")
    raise AttributeError(f"module 'aitia' has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext aitia` gives the magic `%%aitia`."""
    importlib.import_module("aitia.notebook").register(shell)
