"""What Aitia adds to frameworks above PyTorch and beside it. Each module has `begin`, which `aitia record` calls."""

from __future__ import annotations

import importlib
from typing import Any


def __getattr__(name: str) -> Any:
    if name in ("transformers", "lightning", "mindspore"):
        return importlib.import_module(f"aitia.frameworks.{name}")
    raise AttributeError(f"module 'aitia.frameworks' has no attribute {name!r}")
