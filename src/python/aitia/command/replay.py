"""`aitia watch --replay N`: when runs that are over would have been warned of, had they been watched."""

from __future__ import annotations

import contextlib
import json
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aitia.command.watch import SILENT, Verdict, diagnosed, records, tail, verdict_of

Diagnose = Callable[[Path], "dict[str, Any] | None"]


@dataclass(frozen=True)
class Part:
    """What a run showed when so many of its lines were written."""

    lines: int
    step: int | None  # the last one by then
    verdict: Verdict | None


@dataclass(frozen=True)
class Replay:
    """A run as it grew."""

    parts: list[Part]
    sign: int | None  # step of the first value that is not finite, or the first sign of trouble

    @property
    def warned(self) -> Part | None:
        """Where a fault was first spoken of."""
        return next((p for p in self.parts if p.verdict is not None and p.verdict.verdict == "faulty"), None)

    @property
    def share(self) -> float | None:
        """The share of the run that was over by the warning; none without one."""
        return None if (warned := self.warned) is None else (self.parts.index(warned) + 1) / len(self.parts)

    @property
    def delay(self) -> int | None:
        """Steps from the first sign to the warning at the latest; none where one of the two is missing."""
        warned = self.warned
        return None if warned is None or warned.step is None or self.sign is None else max(0, warned.step - self.sign)

    @property
    def last(self) -> int | None:
        """The last step of the run."""
        return next((p.step for p in reversed(self.parts) if p.step is not None), None)

    def changes(self) -> list[str]:
        """What watching would have said."""
        told = SILENT
        found = []
        for part in self.parts:
            if part.verdict is not None and part.verdict.differs(told):
                told = part.verdict
                found.append(f"{f'step {part.step}' if part.step is not None else f'{part.lines} lines'}: {told}")
        return found

    def __str__(self) -> str:
        warned = self.warned
        if warned is None:
            return "no warning"
        shown = f"first sign of trouble at step {self.sign}, " if self.sign is not None else ""
        if warned.step is None or not self.last:
            return f"{shown}warned by line {warned.lines}"
        return f"{shown}warned by step {warned.step} of {self.last}: {1 - warned.step / self.last:.0%} of the run to save"


def replay(path: Path, parts: int, diagnose: Diagnose = diagnosed) -> Replay:
    """The verdicts of a run for its first part, two parts ... of so many equal ones.

    Every text file of the run is cut at the same share of its lines, which is when they were written as far as that is known; other files
    are left out.
    """
    files = [path] if path.is_file() else [p for p in sorted(path.rglob("*")) if p.is_file()]
    texts = {p: lines for p in files if (lines := _lines(p)) is not None}
    found = []
    for part in range(1, parts + 1):
        with tempfile.TemporaryDirectory() as folder:
            lines = 0
            step: int | None = None
            for file, all_of_it in texts.items():
                kept = all_of_it[: max(1, len(all_of_it) * part // parts)]
                target = Path(folder) / (file.name if path.is_file() else file.relative_to(path))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(b"".join(kept))
                lines += len(kept)
                steps = [r["step"] for r in tail(target) if isinstance(r.get("step"), int)] if file.name.endswith(".run.jsonl") else []
                step = max([*steps, *([step] if step is not None else [])], default=None)
            diagnosis = diagnose(Path(folder))
        found.append(Part(lines, step, None if diagnosis is None else verdict_of(diagnosis, part == parts)))
    return Replay(found, first_sign(path))


def _lines(path: Path) -> list[bytes] | None:
    """The lines of a text file; none of another."""
    data = path.read_bytes()
    return None if b"\0" in data[:4096] else data.splitlines(keepends=True)


def first_sign(path: Path) -> int | None:
    """The step at which a record shows the first value that is not finite, or the first sign of trouble."""
    for record in records(path):
        with open(record, encoding="utf-8", errors="replace") as file:
            for line in file:
                if '"NaN"' in line or 'Infinity"' in line or '"type":"trouble"' in line:
                    with contextlib.suppress(ValueError):
                        step = json.loads(line).get("step")
                        if isinstance(step, int):
                            return step
    return None


def show(paths: Sequence[Path], parts: int, diagnose: Diagnose = diagnosed) -> int:
    """Prints of a run what watching would have said; of several when each was warned of, and the middle of them."""
    if len(paths) == 1:
        seen = replay(paths[0], parts, diagnose)
        for change in seen.changes():
            print(change)
        if seen.warned is not None:
            print(seen)
        return 0
    all_of_them = []
    for path in paths:
        seen = replay(path, parts, diagnose)
        all_of_them.append(seen)
        first = f", {seen.warned.verdict}" if seen.warned is not None else ""
        print(f"{path}: {seen}{first}; at the end {seen.parts[-1].verdict or 'nothing'}", flush=True)
    print(summary(all_of_them))
    return 0


def summary(seen: Sequence[Replay]) -> str:
    """How many runs were warned of, and when."""
    faulty = [r for r in seen if (end := r.parts[-1].verdict) is not None and end.verdict == "faulty"]
    shares = [share for r in faulty if (share := r.share) is not None]
    delays = [delay for r in faulty if (delay := r.delay) is not None]
    too_soon = sum(r.warned is not None for r in seen if r not in faulty)
    text = f"{len(faulty)} of {len(seen)} runs are faulty at the end"
    if shares:
        text += f"; warned after {statistics.median(shares):.0%} of the run in the middle, {max(shares):.0%} at the latest"
    if delays:
        text += f"; {statistics.median(delays):.0f} steps after the first sign of trouble in the middle of {len(delays)}"
    return f"{text}; {too_soon} of the other {len(seen) - len(faulty)} were warned of on the way"
