"""The command `aitia`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from aitia.command import java


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; what is not Python's goes to the Java program as it is."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == ["record"]:
        from aitia.command.record import main as record

        return record(arguments[1:])
    if arguments[:1] == ["check"]:
        from aitia.command.check import main as check

        return check(arguments[1:])
    if arguments[:1] == ["watch"]:
        from aitia.command.watch import main as watch

        return watch(arguments[1:])
    try:
        command = java.command(terminals=True, service=arguments[:1] == ["serve"])
    except java.NotFound as e:
        print(f"aitia: {e}", file=sys.stderr)
        return 2
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], [*command, *arguments])
