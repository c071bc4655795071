"""The file of a run record, version 1: one JSON object a line, each line flushed as it is written."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

SCHEMA = "run-record/1"
DIGITS = 6  # significant digits; a loss of single precision has seven
NAME = "record.run.jsonl"


def number(value: float, digits: int = DIGITS) -> float | str:
    """A number as JSON can hold it: rounded, and a string when it is not finite."""
    if math.isfinite(value):
        return float(f"{value:.{digits}g}")
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def plain(value: Any) -> Any:
    """The value with what JSON holds: numbers rounded, mappings with names, all else as text."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return number(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "item") and getattr(value, "size", 0) == 1:
        return plain(value.item())
    return str(value)


def now() -> str:
    """The time as RFC 3339 has it."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")


def default_path() -> Path:
    """Where a record goes that was given no path: the folder of `aitia record`, or a new one under `aitia-runs`."""
    folder = os.environ.get("AITIA_RUN_DIR") or f"aitia-runs/{datetime.now():%Y-%m-%d_%H-%M-%S}"
    return Path(folder) / name_of(int(os.environ.get("RANK") or os.environ.get("LOCAL_RANK") or 0))


def name_of(rank: int) -> str:
    """The name of the record of one of several processes."""
    return f"record-rank{rank}.run.jsonl" if rank > 0 else NAME


class RecordWriter:
    """Appends records. A disk that fails ends the recording and not the run: it is told once, and no line follows a torn one."""

    def __init__(self, path: str | os.PathLike[str], tell: Callable[[str], None] | None = None):
        self.path = Path(path)
        self.failed = False
        self._tell = tell or (lambda text: print(f"aitia: {text}", file=sys.stderr))
        self._file: Any = None

    def write(self, record: dict[str, Any]) -> None:
        """Appends one record; after a failure it does nothing."""
        if self.failed:
            return
        line = json.dumps(plain(record), separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        try:
            if self._file is None:
                self._file = self._open()
            while line:
                line = line[self._file.write(line) :]
        except OSError as e:
            self.failed = True
            self._tell(f"the record {self.path} ends here, the training goes on: {e}")

    def of_rank(self, rank: int) -> None:
        """Names the file by a rank that shows only when the processes have found each other; a name of the caller's own stays."""
        if self._file is None and self.path.name == NAME:
            self.path = self.path.with_name(name_of(rank))

    def append(self, record: dict[str, Any]) -> None:
        """Appends one record to a file that may be there already."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = open(self.path, "ab", buffering=0)
        self.write(record)

    def _open(self) -> Any:
        """A file of its own for each recording: a second one in the same folder gets a number."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        stem = self.path.name.removesuffix(".run.jsonl")
        for i in range(1, 10_000):
            path = self.path if i == 1 else self.path.with_name(f"{stem}-{i}.run.jsonl")
            try:
                file = open(path, "xb", buffering=0)
            except FileExistsError:
                continue
            self.path = path
            return file
        raise OSError("too many records in one folder")

    def close(self) -> None:
        """Closes the file, if one was opened."""
        if self._file is not None:
            try:
                self._file.close()
            except OSError:
                self.failed = True
