"""Begins to record when a program imports a framework; nothing is imported that the program does not import."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# Framework -> module of ours, whose `begin` is called when the framework has been imported.
FRAMEWORKS = {
    "torch": "aitia.pytorch.automatic",
    "keras": "aitia.frameworks.keras",
    "transformers.trainer": "aitia.frameworks.transformers",
    "lightning.pytorch.trainer.trainer": "aitia.frameworks.lightning",
    "pytorch_lightning.trainer.trainer": "aitia.frameworks.lightning",
    "mindspore": "aitia.frameworks.mindspore",
}


# The same for `aitia check`.
CHECKED = {"torch": "aitia.checks.interception", "keras": "aitia.checks.keras"}


class _Loader(importlib.abc.Loader):
    """Loads as the framework's own loader does, then begins."""

    def __init__(self, loader: Any, ours: str):
        self._loader = loader
        self._ours = ours

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        try:
            importlib.import_module(self._ours).begin(module)
        except Exception as e:
            print(f"aitia: {module.__name__} is not recorded, the program goes on: {type(e).__name__}: {e}", file=sys.stderr)


class Finder(importlib.abc.MetaPathFinder):
    """Stands before the finders of Python and lets them find."""

    def __init__(self) -> None:
        self._waiting = dict(CHECKED if os.environ.get("AITIA_CHECK") else FRAMEWORKS)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec of a framework with our loader; none for all else. It may be asked for by who only wants to know if there is one."""
        ours = self._waiting.get(name)
        if ours is None:
            return None
        spec = _found(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, ours)
        return spec


def _found(name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    for finder in sys.meta_path:
        spec = finder.find_spec(name, path) if not isinstance(finder, Finder) else None
        if spec is not None:
            return spec
    return None


def install() -> None:
    """Waits for frameworks from now on."""
    if not any(isinstance(f, Finder) for f in sys.meta_path):
        sys.meta_path.insert(0, Finder())
