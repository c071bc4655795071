"""MindSpore: `Model.fit` and a loop of functions, with no line changed, and the same numbers as without."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import read

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [
    pytest.mark.framework,
    pytest.mark.skipif(importlib.util.find_spec("mindspore") is None, reason="MindSpore is not installed"),
]
SAVE = "\nnp.save('weights.npy', np.concatenate([p.asnumpy().ravel() for p in network.get_parameters()]))\n"


def run(folder, name, *recorder):
    folder.mkdir()
    text = (ROOT / "tests/programs" / f"{name}.py").read_text().replace("fit(15,", "fit(2,").replace("epochs = 15", "epochs = 2")
    (folder / "train.py").write_text(text + SAVE)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, *recorder, "train.py"], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "aitia:" not in done.stderr, done.stderr
    return (folder / "weights.npy").read_bytes()


@pytest.mark.parametrize("name", ["mindspore_model", "mindspore_functional"])
def test_a_program_is_recorded_and_stays_the_same(name, tmp_path):
    command = ["-m", "aitia", "record", "--no-diagnosis", "--output", "out", "--", sys.executable]
    assert run(tmp_path / "plain", name) == run(tmp_path / "recorded", name, *command)
    records = read(tmp_path / "recorded/out/record.run.jsonl")
    assert records["run"][0]["framework"] == "mindspore" and records["run"][0]["task"] == "classification"
    assert records["config"][0]["optimizer"]["name"] == "Adam" and records["config"][0]["loss"]["name"] == "CrossEntropyLoss"
    assert [m["kind"] for m in records["model"][0]["modules"]] == ["Dense", "ReLU", "Dense", "ReLU", "Dense"]
    assert records["step"][-1]["step"] >= 90 and records["step"][0]["loss"] > records["step"][-1]["loss"]
    assert records["layer"][0]["update_ratio"] > 0
    trained = [e["loss"] for e in records["epoch"] if e["split"] == "train"]
    assert len(trained) == 2 and trained[1] < trained[0]
    assert records["end"][0]["status"] == "completed" and records["end"][0]["steps"] == 100
    if name == "mindspore_model":
        assert [sorted(e["metrics"]) for e in records["epoch"] if e["split"] == "validation"] == [["accuracy"]] * 2
    else:
        assert records["step"][0]["gradient_norm"] > 0 and records["layer"][0]["gradient"]["norm"] > 0
