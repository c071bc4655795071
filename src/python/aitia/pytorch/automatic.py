"""Records a whole program, from the import of PyTorch to its end."""

from __future__ import annotations

import atexit
import multiprocessing.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from aitia.pytorch.session import Session
from aitia.recording.jsonl import default_path

MAX_SOURCES = 40  # files of the program's own that are copied beside the record
MAX_BYTES = 1 << 20

_session: Session | None = None
_script = Path()


def session() -> Session | None:
    """The session of the program, if it is recorded as a whole."""
    return _session


def begin(torch: ModuleType) -> None:
    """Records from now on; the record ends with the program, and says what ended it."""
    global _session, _script
    if _session is not None:
        return
    _script = Path(sys.argv[0] or ".").resolve()
    _session = Session(default_path(), name=Path(sys.argv[0] or "run").stem)
    _session.open()
    before = sys.excepthook

    def ended(kind: Any, error: Any, trace: Any) -> None:
        if _session is not None:
            _session.close(error)
        before(kind, error, trace)

    sys.excepthook = ended
    atexit.register(_end)
    _wait_for_errors(_session)
    multiprocessing.util.register_after_fork(_session, _wait_for_errors)  # a spawned process forgets what was registered at its imports


def _wait_for_errors(session: Session) -> None:
    """An error in a process that a program spawns reaches no hook, but is under way when the process is ended."""
    multiprocessing.util.Finalize(None, _end_of_process, exitpriority=0)


def _end_of_process() -> None:
    error = sys.exc_info()[1]
    if isinstance(error, SystemExit) and error.code and error.__context__ is not None:  # as `torch.multiprocessing.spawn` tells an error
        error = error.__context__
    _end(error)


def _end(error: BaseException | None = None) -> None:
    if _session is not None and os.getpid() == _session.care.process:
        _session.close(error)
        if _session.step:
            copy_sources(_session.writer.path.parent)


def copy_sources(folder: Path) -> None:
    """Copies the program's own modules beside the record, for the checks that read them."""
    if not _script.is_file():
        return
    base = _script.parent
    copied = 0
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not file or not file.endswith(".py"):
            continue
        path = Path(file).resolve()
        if (
            path == _script
            or not path.is_relative_to(base)
            or "site-packages" in path.parts
            or path.is_relative_to(Path(__file__).resolve().parents[1])
        ):
            continue
        target = folder / path.relative_to(base)
        try:
            if copied < MAX_SOURCES and path.stat().st_size < MAX_BYTES and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
                copied += 1
        except OSError:
            continue
