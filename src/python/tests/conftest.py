import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jsonschema
import pytest

# A shell has what it starts in the background ignore interrupts, and who is started by that ignores them, too.
signal.signal(signal.SIGINT, signal.default_int_handler)

if importlib.util.find_spec("torch") is None:
    collect_ignore_glob = ["test_[!m]*.py"]  # of a framework without PyTorch only its own tests


@pytest.fixture(autouse=True)
def one_thread():
    if importlib.util.find_spec("torch") is not None:
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(0)


@pytest.fixture(autouse=True)
def time_enough(request, monkeypatch):
    """What is recorded may not depend on how busy the machine is; tests of the sampling itself say so by their name."""
    if "sampling" not in request.node.name:
        monkeypatch.setattr("aitia.recording.care.Care.affordable", lambda self: True)


ROOT = Path(__file__).resolve().parents[1]
WARM = ROOT / "tests/warm"


@pytest.fixture(scope="session")
def python():
    """The command of a Python in which frameworks are imported at once; the programs of tests that are not about their start run in it."""
    with tempfile.TemporaryDirectory() as folder:
        socket = os.path.join(folder, "socket")
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "KERAS_BACKEND": "torch"}
        with subprocess.Popen([sys.executable, WARM / "server.py", socket], env=environment) as server:
            while not os.path.exists(socket):
                assert server.poll() is None
                time.sleep(0.05)
            yield [sys.executable, "-I", "-S", str(WARM / "python.py"), socket]
            server.terminate()


SCHEMA = Path(__file__).resolve().parents[2] / "main/resources/schema/run-record-1.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))


def read(path):
    """The records of a file, by type; each as the schema has it."""
    found = {}
    for line in path.read_text().splitlines():
        record = json.loads(line)
        VALIDATOR.validate(record)
        found.setdefault(record["type"], []).append(record)
    return found
