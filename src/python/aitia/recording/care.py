"""Care for the run: whatever goes wrong in the recorder is told once and stays there, and the time it takes is measured."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])

SHARE = 0.02  # of the run's time that the recorder may take; the promise is 3 %
GRACE = 1.0  # seconds that it may take besides: a run of seconds is recorded step by step
RAMP = 0.3  # of the run's time, by which that second is granted, so that it is not spent on the first steps alone
START = 0.2  # seconds granted at once


class Care:
    """Holds what the parts of one recorder have cost, and which of them have failed."""

    def __init__(self, share: float = SHARE, grace: float = GRACE, clock: Callable[[], float] = time.perf_counter):
        self.clock = clock  # the processor time of the thread, where nothing waits for a device: other work on the machine does not count
        self.share = share
        self.grace = grace
        self.spent = 0.0  # seconds in all
        self.once = 0.0  # of these, what is done once however long the run is
        self.began = clock()
        self.failed: dict[str, str] = {}
        self._owner = 0
        self.process = os.getpid()

    def affordable(self) -> bool:
        """Whether there is time left for what can be done without."""
        elapsed = self.clock() - self.began
        return self.spent - self.once <= min(self.grace, START + RAMP * elapsed) + self.share * elapsed

    def fault(self, part: str, error: BaseException) -> None:
        """Switches a part off for good and says so."""
        if part not in self.failed:
            self.failed[part] = f"{type(error).__name__}: {error}"
            self.tell(f"the recorder's part {part!r} failed and is off, the training goes on ({self.failed[part]})")

    @staticmethod
    def tell(text: str) -> None:
        """Says one line on standard error, where that is open."""
        with contextlib.suppress(OSError, ValueError):
            print(f"aitia: {text}", file=sys.stderr, flush=True)

    def enter(self, part: str) -> bool:
        """Whether a part may run now: not inside another, not after it failed, not in a forked worker."""
        if self._owner or part in self.failed or os.getpid() != self.process:
            return False
        self._owner = threading.get_ident()
        return True

    def leave(self, began: float) -> None:
        """Ends what `enter` began."""
        self.spent += self.clock() - began
        self._owner = 0


def careful(method: T) -> T:
    """A method of an object with `care`: its faults never reach the caller, and it is not entered from within itself."""
    part = method.__name__

    @functools.wraps(method)
    def run(self: Any, *args: Any, **kwargs: Any) -> Any:
        care = self.care
        if not care.enter(part):
            return None
        began = care.clock()
        try:
            return method(self, *args, **kwargs)
        except Exception as e:
            care.fault(part, e)
            return None
        finally:
            care.leave(began)

    return run  # type: ignore[return-value]
