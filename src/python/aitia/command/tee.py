"""Runs a program whose output is shown as it comes and kept in a file."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

MAX_KEPT = 64 << 20  # bytes of output that are kept
FORWARDED = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGCONT")


class Log:
    """The file that the output is kept in; a disk that fails ends the keeping only."""

    def __init__(self, path: Path):
        self._file: BinaryIO | None = open(path, "wb", buffering=0)
        self._left = MAX_KEPT
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        """Keeps a piece of output."""
        with self._lock:
            if self._file is not None and self._left > 0:
                try:
                    self._file.write(data[: self._left])
                    self._left -= len(data)
                except OSError:
                    self._file = None


def _pipe(terminal: bool) -> tuple[int, int]:
    """A reading and a writing end; the program takes the latter for a terminal where ours is one."""
    if terminal and hasattr(os, "openpty"):
        import termios

        reading, writing = os.openpty()
        modes = termios.tcgetattr(writing)
        modes[1] &= ~termios.OPOST  # the real terminal makes the ends of lines
        termios.tcsetattr(writing, termios.TCSANOW, modes)
        with contextlib.suppress(OSError):
            termios.tcsetwinsize(writing, termios.tcgetwinsize(sys.stderr.fileno()))  # Python 3.11
        return reading, writing
    return os.pipe()


def _pump(source: int, target: int, log: Log) -> None:
    """Passes output on until its writers are gone; a reader that left does not stop the program."""
    shown = True
    line = b""  # not ended yet: lines of two streams are kept whole
    while True:
        try:
            data = os.read(source, 65536)
        except OSError:  # a terminal whose other end is closed
            break
        if not data:
            break
        whole, end, rest = data.rpartition(b"\n")
        if end or len(line) > 65536:
            log.write(line + whole + end)
            line = rest
        else:
            line += data
        while shown and data:
            try:
                data = data[os.write(target, data) :]
            except OSError:
                shown = False
    log.write(line)
    os.close(source)


@contextlib.contextmanager
def _signals(child: Callable[[], subprocess.Popen[bytes] | None]) -> Iterator[None]:
    """Signals to us are the program's. What the keyboard sends has reached it already."""

    def forward(number: int, frame: Any) -> None:
        process = child()
        if process is not None and process.poll() is None:
            process.send_signal(number)

    def interrupt(number: int, frame: Any) -> None:
        if not (sys.stdin and sys.stdin.isatty()):
            forward(number, frame)

    handlers: dict[int, Any] = {signal.SIGINT: interrupt}
    handlers.update({getattr(signal, name): forward for name in FORWARDED if hasattr(signal, name)})
    before = {}
    for number, handler in handlers.items():
        with contextlib.suppress(ValueError, OSError):
            before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(command: list[str], environment: dict[str, str], log: Path, started: Callable[[subprocess.Popen[bytes]], None]) -> int:
    """Runs a command and returns its exit code, 128 and the signal's number when a signal ended it.

    OSError when it cannot be started.
    """
    kept = Log(log)
    process: subprocess.Popen[bytes] | None = None
    sys.stdout.flush()
    out, err = _pipe(os.isatty(1)), _pipe(os.isatty(2))
    with _signals(lambda: process):
        try:
            process = subprocess.Popen(command, env=environment, stdout=out[1], stderr=err[1])
        finally:
            os.close(out[1])
            os.close(err[1])
        pumps = [threading.Thread(target=_pump, args=(s[0], t, kept), daemon=True) for s, t in ((out, 1), (err, 2))]
        for pump in pumps:
            pump.start()
        started(process)
        code = process.wait()
        for pump in pumps:
            pump.join(timeout=5)  # a grandchild may hold the output open
    return 128 - code if code < 0 else code
