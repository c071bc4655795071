"""`aitia check -- python train.py`: makes the experiments with what the program builds, before it trains."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aitia.command import program

NAME = "checks.run.jsonl"
MARKS = {"fault": "x", "sound": "+", "unknown": "?"}


def parser() -> argparse.ArgumentParser:
    """The options of `aitia check`."""
    found = argparse.ArgumentParser(
        prog="aitia check",
        description="Starts a program, takes model, loss, optimizer and its first batches, and makes the experiments on copies.",
        epilog="Exit code: 0 when nothing was found, 1 with a fault, 3 when the program showed no training step.",
    )
    found.add_argument("--output", metavar="DIR", help="folder for the results, such as one of `aitia record`")
    found.add_argument("--steps", type=int, default=150, metavar="N", help="of each short training (default: %(default)s)")
    found.add_argument("--only", metavar="NAMES", help="experiments to make, with commas between them")
    found.add_argument("--go-on", action="store_true", help="let the program train on afterwards")
    found.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the program and its arguments")
    return found


def main(arguments: Sequence[str]) -> int:
    """Runs the program up to its first steps, and tells what the experiments have shown."""
    options = parser().parse_args(arguments)
    command = program.python_command(options.command)
    if not command:
        parser().error("a command is needed: aitia check -- python train.py")
    folder = Path(options.output) if options.output and Path(options.output).is_dir() else program.new_folder(options.output)
    path = folder / NAME
    path.unlink(missing_ok=True)
    environment = {**program.surroundings(folder.absolute()), "AITIA_CHECK": "1", "AITIA_CHECK_STEPS": str(options.steps)}
    if options.only:
        environment["AITIA_CHECK_ONLY"] = options.only
    if options.go_on:
        environment["AITIA_CHECK_GO_ON"] = "1"
    if "KERAS_BACKEND" not in environment and importlib.util.find_spec("torch") is not None:
        environment["KERAS_BACKEND"] = "torch"  # the experiments need a backend that computes step by step
    code = program.run(command, environment, folder / "checks.log")
    if code is None:
        return program.NOT_STARTED
    found = results(path)
    if not found:
        print(f"aitia: no experiment was made; the program ended with {code}", file=sys.stderr)
        return 3
    for probe in found:
        text = f"  {probe['text']}" if probe.get("text") else ""
        print(f"{MARKS.get(probe.get('state', ''), '?')} {probe['name']}: {probe['result']}{text}")
    print(f"written to {os.path.relpath(path)}; aitia diagnose {os.path.relpath(folder)} reads them")
    return 1 if any(probe.get("state") == "fault" for probe in found) else 0


def results(path: Path) -> list[dict[str, Any]]:
    """The probes of a file; none when there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
