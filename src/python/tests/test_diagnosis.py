"""The diagnosis as an object, and the magic of notebooks, with the answer of the Java program as it was given once."""

import json
import os
import stat
import sys

import pytest

import aitia
from aitia import notebook
from aitia.command import java

ANSWER = {
    "schema": "diagnosis/1",
    "verdict": "faulty",
    "summary": "Most likely cause: Dead ReLU (87 %).",
    "causes": [
        {"id": "dead-relu", "name": "Dead ReLU", "probability": 0.87, "family": "model", "for": [{"text": "zeros & zeros"}], "against": []}
    ],
    "symptoms": [{"id": "stuck", "text": "the loss stays where it is"}],
    "actions": [{"id": "a", "text": "Lower the rate."}],
}


@pytest.fixture
def program(tmp_path, monkeypatch):
    """An installation whose program answers so, and notes what it was called with."""

    def make(answer=json.dumps(ANSWER), code=0, error=""):
        script = tmp_path / "home" / "aitia"
        script.parent.mkdir(exist_ok=True)
        (script.parent / "pom.xml").write_text("")
        script.write_text(f"#!{sys.executable}\nimport sys\nprint({answer!r})\nprint({error!r}, file=sys.stderr)\nsys.exit({code})\n")
        script.chmod(script.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("AITIA_HOME", str(script.parent))

    return make


def test_attributes_table_and_html(program, tmp_path):
    program()
    found = aitia.diagnose(tmp_path)
    assert (found.verdict, found.causes[0].id, found.causes[0].probability) == ("faulty", "dead-relu", 0.87)
    assert found.symptoms == ["the loss stays where it is"] and found.actions == ["Lower the rate."]
    assert found.table == [{"cause": "dead-relu", "name": "Dead ReLU", "probability": 0.87, "because": "zeros & zeros"}]
    page = found._repr_html_()
    assert "<b>Faulty</b>" in page and "zeros &amp; zeros" in page and "87%" in page
    assert str(found).splitlines()[1] == "   87%  Dead ReLU (dead-relu)"


def test_nothing_readable(program, tmp_path):
    program(answer="", code=3, error="aitia: nothing there")
    with pytest.raises(Exception, match="nothing there"):
        aitia.diagnose(tmp_path)


def test_no_java_program(monkeypatch, tmp_path):
    monkeypatch.setenv("AITIA_HOME", str(tmp_path))
    with pytest.raises(java.NotFound, match="no Java program found in AITIA_HOME"):
        java.command()


def test_a_java_that_is_too_old(monkeypatch, tmp_path):
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_292\"' >&2\n")
    old.chmod(0o755)
    monkeypatch.setattr(java, "_candidates", lambda: [str(old)])
    (tmp_path / "aitia.jar").touch()
    monkeypatch.setenv("AITIA_HOME", str(tmp_path))
    with pytest.raises(java.NotFound, match="is Java 8"):
        java.command()


class Shell:
    """As much of IPython's shell as the magic uses."""

    class Result:
        error_before_exec = error_in_exec = None

    def __init__(self):
        self.user_ns = {}

    def run_cell(self, cell):
        result = self.Result()
        try:
            exec(cell, self.user_ns)
        except Exception as e:
            result.error_in_exec = e
        return result


SETUP = """
import torch
model = torch.nn.Linear(3, 1); optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
"""
CELL = """
for epoch in range(3):
    optimizer.zero_grad()
    torch.nn.functional.mse_loss(model(torch.randn(8, 3)), torch.randn(8, 1)).backward()
    optimizer.step()
"""


def test_the_magic_records_a_cell(program, tmp_path):
    program()
    shell = Shell()
    shell.run_cell(SETUP)
    path = tmp_path / "cell.run.jsonl"
    assert notebook.run(shell, str(path), CELL).verdict == "faulty"
    records = [json.loads(line) for line in path.read_text().splitlines()]
    assert [r["step"] for r in records if r["type"] == "step"] == [0, 1, 2]
    assert next(r for r in records if r["type"] == "model")["modules"][0]["calls"] == 1
    assert records[-1]["status"] == "completed"


def test_a_cell_that_trains_nothing(program, tmp_path, capsys):
    program()
    assert notebook.run(Shell(), str(tmp_path / "a.run.jsonl"), "1 + 1") is None
    assert "nothing was trained" in capsys.readouterr().out and not os.path.exists(tmp_path / "a.run.jsonl")
