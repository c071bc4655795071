"""`aitia record -- python train.py`: runs a program with the recorder and diagnoses what it did."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aitia.command import java, program
from aitia.command.surroundings import git_state, packages

LOG = "console.log"


def parser() -> argparse.ArgumentParser:
    """The options of `aitia record`."""
    found = argparse.ArgumentParser(prog="aitia record", description="Runs a Python program with the recorder, no line changed.")
    found.add_argument("--output", metavar="DIR", help="folder of the run (default: aitia-runs/<time>)")
    found.add_argument("--no-diagnosis", action="store_true", help="do not diagnose when the program ends")
    found.add_argument("--watch", action="store_true", help="diagnose while the program runs, and tell when the verdict changes")
    found.add_argument("--stop-on", metavar="VERDICT:PROBABILITY", help="stop the program once a diagnosis is as sure, such as faulty:0.9")
    found.add_argument("--to", metavar="URL", help="send the record to a service as it is written (token: AITIA_TOKEN)")
    found.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the program and its arguments")
    return found


def main(arguments: Sequence[str]) -> int:
    """Runs the program; the exit code is the program's own."""
    options = parser().parse_args(arguments)
    command = program.python_command(options.command)
    if not command:
        parser().error("a command is needed: aitia record -- python train.py")
    folder = program.new_folder(options.output)
    _copy_script(command, folder)
    state = git_state()
    if state:
        (folder / "git.txt").write_text(state, encoding="utf-8")
    watcher = None
    if options.watch or options.stop_on:
        from aitia.command.watch import Watcher

        watcher = Watcher(folder, stop_on=options.stop_on)
    sending = _sender(options.to, folder) if options.to else None
    followers = [f for f in (watcher, sending) if f]
    code = program.run(command, program.surroundings(folder), folder / LOG, lambda process: _start(followers, process))
    for follower in followers:
        follower.stop()
    if sending and sending.href:
        print(f"aitia: {sending.href}", file=sys.stderr)
    if code is None:
        return program.NOT_STARTED
    listed = packages(command[0])
    if listed:
        (folder / "environment.txt").write_text(listed, encoding="utf-8")
    if not options.no_diagnosis:
        diagnose(folder)
    return code


def _sender(url: str, folder: Path) -> Any:
    from aitia.command.send import sender

    try:
        found = sender(url, folder)
    except (OSError, ValueError) as e:
        parser().error(f"--to: {e}")
    print(f"aitia: to be followed at {found.page}", file=sys.stderr, flush=True)
    return found


def _start(followers: list[Any], process: subprocess.Popen[bytes]) -> None:
    for follower in followers:
        follower.start(process)


def diagnose(folder: Path) -> None:
    """Prints the diagnosis on standard error: standard output is the program's."""
    sys.stdout.flush()
    try:
        subprocess.run([*java.command(), "diagnose", _short(folder)], stdout=sys.stderr.fileno(), stdin=subprocess.DEVNULL)
    except (java.NotFound, OSError) as e:
        print(f"aitia: the run is recorded in {_short(folder)}, but not diagnosed: {e}", file=sys.stderr)


def _short(folder: Path) -> str:
    return os.path.relpath(folder) if folder.is_relative_to(Path.cwd()) else str(folder)


def _copy_script(command: list[str], folder: Path) -> None:
    """The script stands beside its record, for the checks that read it."""
    script = next((Path(c) for c in command[1:] if c.endswith(".py") and Path(c).is_file()), None)
    if script is not None and script.stat().st_size < 1 << 20:
        shutil.copyfile(script, folder / script.name)
