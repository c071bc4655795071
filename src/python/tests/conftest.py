import json

import pytest

torch = pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


@pytest.fixture(autouse=True)
def time_enough(request, monkeypatch):
    """What is recorded may not depend on how busy the machine is; tests of the sampling itself say so by their name."""
    if "sampling" not in request.node.name:
        monkeypatch.setattr("aitia.recording.care.Care.affordable", lambda self: True)


def read(path):
    """The records of a file, by type."""
    found = {}
    for line in path.read_text().splitlines():
        record = json.loads(line)
        found.setdefault(record["type"], []).append(record)
    return found
