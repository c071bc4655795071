"""`aitia record --to`: the record reaches the service, and what goes wrong on the way never harms the run."""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from aitia.command import send
from aitia.command.record import main as record
from aitia.recording.jsonl import NAME, RecordWriter


class Service:
    """Takes lines as the service documents it: by offset, once, without gaps."""

    def __init__(self):
        self.kept = b""
        self.status = 200
        self.heads = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heads.append(dict(self.headers))
                offset = int(self.path.partition("offset=")[2])
                if outer.status != 200:
                    return self.answer(outer.status, {"type": "urn:aitia:problem:busy", "detail": "not now"})
                if offset > len(outer.kept):
                    return self.answer(409, {"type": "urn:aitia:problem:lines-missing"})
                outer.kept += body[len(outer.kept) - offset :]
                return self.answer(200, {"offset": len(outer.kept)})

            def do_GET(self):
                self.answer(200, {"offset": len(outer.kept)})

            def answer(self, status, body):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service():
    found = Service()
    yield found
    found.server.shutdown()


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(send, "EVERY", 0.02)
    monkeypatch.setattr(send, "LEFT", 0.1)


def lines(path, count, first=0):
    writer = RecordWriter(path)
    for i in range(first, first + count):
        writer.append({"type": "step", "step": i, "loss": 1.0})
    writer.close()


def until(holds):
    pause = threading.Event()
    for _ in range(1000):
        if holds():
            return
        pause.wait(0.02)
    raise AssertionError("it did not come")


def test_what_is_written_arrives_byte_by_byte(service, tmp_path):
    path = tmp_path / NAME
    sender = send.Sender(service.url, "run", path, token="secret")
    sender.start()
    lines(path, 5)
    until(lambda: service.kept == path.read_bytes())
    with open(path, "ab") as file:
        file.write(b'{"type":"step"')  # a line that is not whole yet
    lines_so_far = service.kept
    sender.stop()
    assert service.kept == lines_so_far
    assert all(h["Authorization"] == "Bearer secret" for h in service.heads)


def test_a_service_that_is_away_gets_the_rest_later(service, tmp_path):
    told = []
    path = tmp_path / NAME
    service.status = 503
    sender = send.Sender(service.url, "run", path, say=told.append)
    lines(path, 5)
    sender.start()
    until(lambda: told)
    service.status = 200
    until(lambda: service.kept == path.read_bytes())
    sender.stop()
    assert len(told) == 1


def test_it_goes_on_from_where_the_service_is(service, tmp_path):
    path = tmp_path / NAME
    lines(path, 5)
    first = path.read_bytes().splitlines(keepends=True)[0]
    service.kept = first
    sender = send.Sender(service.url, "run", path)
    sender.offset = len(path.read_bytes())
    lines(path, 1, 5)
    sender.start()
    until(lambda: service.kept == path.read_bytes())
    sender.stop()


def test_who_refuses_is_asked_once(service, tmp_path):
    told = []
    service.status = 403
    path = tmp_path / NAME
    lines(path, 3)
    sender = send.Sender(service.url, "run", path, say=told.append)
    sender.start()
    sender._thread.join(10)
    sender.stop()
    assert len(service.heads) == 1
    assert "does not take" in told[0]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "SERVICE"])
def test_the_program_ends_as_it_would_without(service, url, tmp_path, capfd, monkeypatch):
    monkeypatch.chdir(tmp_path)
    script = tmp_path / "p.py"
    script.write_text(
        "import os, sys\n"
        "open(os.path.join(os.environ['AITIA_RUN_DIR'], 'record.run.jsonl'), 'w').write('{\"type\":\"end\"}\\n')\n"
        "print('hello'); sys.exit(7)\n"
    )
    to = service.url if url == "SERVICE" else url
    assert record(["--no-diagnosis", "--to", to, "--output", "out", "--", sys.executable, str(script)]) == 7
    out, err = capfd.readouterr()
    assert out == "hello\n"
    if url == "SERVICE":
        assert service.kept == b'{"type":"end"}\n'
    else:
        assert "did not get the whole record" in err


def test_an_address_that_is_none_is_told_at_once(tmp_path, capfd):
    with pytest.raises(SystemExit):
        record(["--to", "nonsense", "--output", str(tmp_path / "o"), "--", sys.executable, "-c", "1"])
    assert "is no address" in capfd.readouterr().err
