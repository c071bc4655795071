"""`aitia watch PATH`: diagnoses while the files of a run grow, and says something only when the verdict changes."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aitia.command import java

INTERVAL = 5.0  # seconds between looks
PAUSE = 4.0  # times the length of the last diagnosis that is waited at least
UNFINISHED = {"too-few-epochs"}  # what every run shows until it has ended
PATIENCE = 30.0  # seconds from asking a program to end to ending it


@dataclass(frozen=True)
class Verdict:
    """What a diagnosis has come to."""

    verdict: str
    cause: str | None = None
    name: str | None = None
    probability: float = 0.0

    def __str__(self) -> str:
        return f"{self.verdict}: {self.name} ({self.probability:.0%})" if self.name else self.verdict

    def differs(self, other: Verdict) -> bool:
        """Whether this is news: another verdict, or another first cause."""
        return (self.verdict, self.cause) != (other.verdict, other.cause)


SILENT = Verdict("undecided")


def verdict_of(diagnosis: dict[str, Any], ended: bool) -> Verdict:
    """The verdict with its first cause; before the end of a run, without causes that only an end can show."""
    if diagnosis["verdict"] != "faulty":
        return Verdict(diagnosis["verdict"])
    causes = [c for c in diagnosis["causes"] if ended or c["id"] not in UNFINISHED]
    if not causes:
        return SILENT
    return Verdict("faulty", causes[0]["id"], causes[0]["name"], causes[0]["probability"])


def condition(text: str) -> Callable[[Verdict], bool]:
    """The condition that `--stop-on` states, such as `faulty:0.9`; ValueError when it states none."""
    wanted, _, least = text.partition(":")
    if wanted not in ("faulty", "healthy", "undecided"):
        raise ValueError(f"{text!r} is no condition: faulty:0.9 is one")
    limit = float(least or 0)
    return lambda v: v.verdict == wanted and (v.probability >= limit or wanted != "faulty")


class Watcher:
    """Looks at the files of a run again and again, and diagnoses when they have changed."""

    def __init__(
        self,
        path: Path,
        *,
        interval: float = INTERVAL,
        stop_on: str | None = None,
        say: Callable[[str], None] | None = None,
        diagnose: Callable[[Path], dict[str, Any] | None] | None = None,
    ):
        self.path = path
        self.interval = interval
        self.reached = condition(stop_on) if stop_on else lambda verdict: False
        self.say = say or (lambda text: print(f"aitia: {text}", file=sys.stderr, flush=True))
        self.diagnose = diagnose or diagnosed
        self.told = SILENT
        self._last: Verdict | None = None
        self._seen: object = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def files(self) -> tuple[tuple[str, int, int], ...]:
        """The files with their sizes and times: what changes when the run goes on."""
        found = [self.path] if self.path.is_file() else [p for p in self.path.rglob("*") if p.is_file()]
        return tuple(sorted((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in found))

    def look(self) -> Verdict | None:
        """Diagnoses if something has changed, and speaks if the verdict has; the verdict, or none without a new one."""
        seen = self.files()
        if not seen or seen == self._seen:
            return None
        self._seen = seen
        diagnosis = self.diagnose(self.path)
        if diagnosis is None:
            return None
        verdict = verdict_of(diagnosis, has_ended(self.path))
        if verdict.differs(self.told):
            self.told = verdict
            self.say(f"{time.strftime('%H:%M:%S')} {verdict}")
        return verdict

    def run(self, stop: Callable[[], None]) -> None:
        """Looks until told to end; calls `stop` when two verdicts in a row fulfil the condition."""
        while not self._ended.wait(self.interval):
            began = time.monotonic()
            verdict = self.look()
            if verdict is not None:
                if self.reached(verdict) and self._last is not None and self.reached(self._last):
                    self.say(f"stopping the program: {verdict}{progress(self.path)}")
                    stop()
                    return
                self._last = verdict
                self._ended.wait(PAUSE * (time.monotonic() - began))

    def start(self, process: subprocess.Popen[bytes]) -> None:
        """Looks from a thread of its own while a program runs, which `--stop-on` may end."""
        self._thread = threading.Thread(target=self.run, args=(lambda: end(process),), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends looking."""
        self._ended.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=60)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program as Ctrl-C does, and harder if it does not end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(number)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                continue


def diagnosed(path: Path) -> dict[str, Any] | None:
    """The diagnosis of a path as `diagnosis/1`; none when nothing is readable yet."""
    done = subprocess.run([*java.command(), "diagnose", "--format", "json", str(path)], capture_output=True, stdin=subprocess.DEVNULL)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return None


def records(path: Path) -> list[Path]:
    """The run records of a path."""
    return [path] if path.is_file() else sorted(path.rglob("*.run.jsonl"))


def tail(path: Path, size: int = 4096) -> list[dict[str, Any]]:
    """The last records of a file."""
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - size))
        lines = file.read().split(b"\n")
    found = []
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            found.append(record)
    return found


def has_ended(path: Path) -> bool:
    """Whether a record of the run says that it has ended."""
    return any(r.get("type") == "end" for p in records(path) if p.name.endswith(".jsonl") for r in tail(p))


def progress(path: Path) -> str:
    """How far the run was, as far as its record tells: what stopping saves."""
    for record in records(path):
        steps = [r for r in tail(record) if "step" in r]
        planned = None
        with open(record, encoding="utf-8", errors="replace") as file:
            for line in file:
                if '"type":"config"' in line:
                    planned = json.loads(line).get("epochs")
                    break
        if steps and steps[-1].get("epoch") is not None and planned:
            return f"; in epoch {steps[-1]['epoch'] + 1} of {planned}"
        if steps:
            return f"; at step {steps[-1]['step']}"
    return ""


def main(arguments: Sequence[str]) -> int:
    """`aitia watch`; ends with Ctrl-C, or when the record says that the run has ended."""
    options = argparse.ArgumentParser(prog="aitia watch", description="Diagnoses a run while its files grow.")
    options.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    options.add_argument("--interval", type=float, default=INTERVAL, metavar="SECONDS", help="between looks (default: %(default)s)")
    options.add_argument("--stop-on", metavar="VERDICT:PROBABILITY", help="end with exit code 1 once a diagnosis is as sure")
    options.add_argument("--replay", type=int, metavar="N", help="of runs that are over: diagnose the first part, two parts ... of N")
    given = options.parse_args(arguments)
    if missing := next((p for p in given.paths if not p.exists()), None):
        print(f"aitia: {missing}: there is no such file or folder; check the path", file=sys.stderr)
        return 3
    if len(given.paths) > 1 and not given.replay:
        options.error("one run is watched at a time; --replay takes several")
    path = given.paths[0]
    try:
        watcher = Watcher(path, interval=given.interval, stop_on=given.stop_on)
        java.command()
    except (ValueError, java.NotFound) as e:
        print(f"aitia: {e}", file=sys.stderr)
        return 2
    if given.replay:
        from aitia.command.replay import show

        return show(given.paths, given.replay)
    try:
        while True:
            verdict = watcher.look()
            if verdict is not None and watcher.reached(verdict):
                return 1
            if has_ended(path):
                return 0
            time.sleep(given.interval)
    except KeyboardInterrupt:
        return 130
