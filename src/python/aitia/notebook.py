"""`%load_ext aitia`, then `%%aitia` records a cell and shows its diagnosis."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from aitia.diagnosis import Diagnosis, NotDiagnosed, diagnose
from aitia.pytorch import Session
from aitia.recording.jsonl import default_path


def register(shell: Any) -> None:
    """Gives a shell of IPython the magic."""
    shell.register_magic_function(lambda line, cell: run(shell, line, cell), "cell", "aitia")


def run(shell: Any, line: str, cell: str) -> Diagnosis | None:
    """Runs a cell with the recorder and returns the diagnosis; `%%aitia PATH` names the file of the record.

    An error in the cell is shown as ever, and the run is diagnosed all the same.
    """
    given = shlex.split(line)
    session = Session(Path(given[0]) if given else default_path(), name="cell")
    shell_variables = [v for v in shell.user_ns.values()]
    session.suppose(shell_variables)
    session.open()
    result = shell.run_cell(cell)
    session.close(result.error_before_exec or result.error_in_exec)
    if not session.writer.path.exists():
        print("aitia: nothing was trained in this cell")
        return None
    try:
        return diagnose(session.writer.path)
    except NotDiagnosed as e:
        print(f"aitia: {session.writer.path} is not diagnosed: {e}")
        return None
