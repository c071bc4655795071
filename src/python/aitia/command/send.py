"""`aitia record --to URL`: sends the lines of a record to a service while the program runs, which never notices.

The record on disk is the queue: what could not be sent yet waits there, and the service says from which byte to go on.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aitia.recording.jsonl import NAME

EVERY = 1.0  # seconds between looks at the record
LARGEST = 1 << 20  # bytes in one request, but for a line that is longer
LONGEST_LINE = 4 << 20  # a longer one is refused by the service
PATIENCE = 10.0  # seconds for a request
LEFT = 15.0  # seconds for what is left when the program has ended
SLOWEST = 60.0  # seconds between attempts while the service is away


class Refused(Exception):
    """The service will not take this run, however often it is sent."""


class Sender:
    """Follows a record and sends whole lines of it, from a thread of its own."""

    def __init__(self, url: str, run: str, record: Path, *, token: str | None = None, say: Callable[[str], None] | None = None):
        self.url = url.rstrip("/")
        self.run = run
        self.record = record
        self.token = token
        self.offset = 0
        self.href: str | None = None
        self._say = say or (lambda text: print(f"aitia: {text}", file=sys.stderr, flush=True))
        self._away = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    @property
    def page(self) -> str:
        """Where people see the run."""
        return f"{self.url}/runs/{urllib.parse.quote(self.run)}"

    def start(self, *_: Any) -> None:
        """Begins to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Sends what is left, for some seconds, and ends."""
        self._ended.set()
        self._thread.join(timeout=LEFT + PATIENCE)
        if self.record.exists() and self.offset < self.record.stat().st_size and self.href is None:
            self._say(f"{self.url} did not get the whole record; it is in {self.record}")

    def _follow(self) -> None:
        pause = EVERY
        attempts = 0
        try:
            while True:
                over = self._ended.wait(pause)
                try:
                    while self._send():
                        attempts = 0
                    pause, self._away = EVERY, False
                    if over:
                        return
                except OSError as e:  # what urllib raises, and what reading a file may
                    if not self._away:
                        self._away = True
                        self._say(f"{self.url} cannot be reached, the training goes on: {getattr(e, 'reason', e)}")
                    attempts += 1
                    if over and attempts * EVERY >= LEFT:
                        return
                    pause = EVERY if over else min(SLOWEST, 2 * pause)
                    if over:
                        threading.Event().wait(EVERY)
        except Refused as e:
            self._say(f"{self.url} does not take this run: {e}")
        except Exception as e:
            self._say(f"sending to {self.url} ends here, the training goes on: {e!r}")

    def _send(self) -> bool:
        """Sends the next lines; whether there may be more."""
        body = self._next()
        if not body:
            return False
        before = self.offset
        try:
            told = self._post(body)
        except urllib.error.HTTPError as e:
            self._judge(e)
            return False
        self.offset = int(told["offset"])
        if told.get("diagnosis"):
            self.href = f"{self.url}/diagnoses/{told['diagnosis']}"
        if self.offset <= before:
            raise Refused(f"it keeps other lines under the name {self.run}")
        return True

    def _next(self) -> bytes:
        if not self.record.exists():
            return b""
        with open(self.record, "rb") as file:
            file.seek(self.offset)
            body = file.read(LARGEST)
            if body and b"\n" not in body:
                body += file.readline(LONGEST_LINE)
        return body[: body.rfind(b"\n") + 1]

    def _judge(self, error: urllib.error.HTTPError) -> None:
        """What a refusal means: to go on from another byte, to come again, or to give up."""
        detail = error.read(100_000)
        try:
            problem = json.loads(detail)
        except ValueError:
            problem = {}
        if error.code == 409 and problem.get("type", "").endswith(("lines-missing", "lines-meanwhile")):
            self.offset = self._known()
        elif error.code in (408, 409, 429) or error.code >= 500:
            raise OSError(problem.get("detail") or f"status {error.code}")
        else:
            raise Refused(problem.get("detail") or f"status {error.code}")

    def _known(self) -> int:
        """How many bytes the service has."""
        with self._open(urllib.request.Request(self._address(""))) as answer:
            return int(json.load(answer)["offset"])

    def _post(self, body: bytes) -> dict[str, Any]:
        address = self._address(f"/lines?offset={self.offset}")
        request = urllib.request.Request(address, data=body, method="POST", headers={"Content-Type": "application/x-ndjson"})
        with self._open(request) as answer:
            return json.load(answer)

    def _address(self, more: str) -> str:
        return f"{self.url}/api/v1/runs/{urllib.parse.quote(self.run)}{more}"

    def _open(self, request: urllib.request.Request) -> Any:
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        return urllib.request.urlopen(request, timeout=PATIENCE)


def sender(url: str, folder: Path) -> Sender:
    """The sender of a folder of `aitia record`; ValueError when the URL is none."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"{url} is no address of a service, such as http://127.0.0.1:8080")
    token = os.environ.get("AITIA_TOKEN")
    if not token and (file := os.environ.get("AITIA_TOKEN_FILE")):
        token = Path(file).read_text(encoding="utf-8").strip()
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in folder.name).lstrip("._-")
    return Sender(url, f"{kept[:80] or 'run'}-{os.urandom(3).hex()}", folder / NAME, token=token)
