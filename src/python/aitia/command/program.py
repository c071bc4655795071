"""The program that is recorded or checked: its command, its folder, its start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from aitia.command import tee

SITE = Path(__file__).resolve().parents[1] / "site"
NOT_STARTED = 127  # exit code, as shells have it


def run(
    command: list[str], environment: dict[str, str], log: Path, started: Callable[[subprocess.Popen[bytes]], None] = lambda process: None
) -> int | None:
    """Runs the program and returns its exit code; says so and returns none when it cannot be started."""
    try:
        return tee.run(command, environment, log, started)
    except OSError as e:
        print(f"aitia: {command[0]} cannot be started: {e.strerror}", file=sys.stderr)
        return None


def surroundings(folder: Path) -> dict[str, str]:
    """The variables of a program that is looked into."""
    site = os.pathsep.join([str(SITE), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "AITIA_RUN_DIR": str(folder), "AITIA_RECORD": "1", "PYTHONPATH": site}


def python_command(command: Sequence[str]) -> list[str]:
    """The command behind `--`; a script alone is run by this interpreter."""
    command = list(command[1:] if command[:1] == ["--"] else command)
    return [sys.executable, *command] if command and command[0].endswith(".py") else command


def new_folder(given: str | None) -> Path:
    """A folder for a run that nothing stands in yet: the one that is wanted, or with a number behind its name."""
    base = Path(given or f"aitia-runs/{datetime.now():%Y-%m-%d_%H-%M-%S}").absolute()
    for i in range(1, 1000):
        folder = base if i == 1 else base.with_name(f"{base.name}-{i}")
        if not folder.exists() or (given and not any(folder.iterdir())):
            folder.mkdir(parents=True, exist_ok=True)
            return folder
    raise OSError(f"no free folder beside {base}")
