"""Watching speaks only when the verdict changes, and stops only what is asked for."""

import json
import subprocess
import sys
import time

import pytest

from aitia.command.watch import Watcher, condition, has_ended, progress, verdict_of


def faulty(cause, probability):
    return {"verdict": "faulty", "causes": [{"id": cause, "name": cause.upper(), "probability": probability}]}


def watcher(tmp_path, answers, **options):
    said = []
    answers = iter(answers)
    return Watcher(tmp_path, interval=0.01, say=said.append, diagnose=lambda path: next(answers), **options), said


def grow(path):
    with open(path / "log.txt", "a") as file:
        file.write("line\n")


def test_it_speaks_once_for_each_change(tmp_path):
    healthy, dead = {"verdict": "healthy", "causes": []}, faulty("dead-relu", 0.8)
    watch, said = watcher(tmp_path, [healthy, healthy, dead, faulty("dead-relu", 0.95), None, healthy])
    for _ in range(6):
        grow(tmp_path)
        watch.look()
    assert [s.split(" ", 1)[1] for s in said] == ["healthy", "faulty: DEAD-RELU (80%)", "healthy"]


def test_nothing_is_diagnosed_while_nothing_changes(tmp_path):
    watch, _ = watcher(tmp_path, [{"verdict": "healthy", "causes": []}])
    grow(tmp_path)
    assert watch.look() is not None
    assert watch.look() is None  # a second diagnosis would have no answer to give


def test_too_few_epochs_is_no_finding_before_the_end():
    assert verdict_of(faulty("too-few-epochs", 0.9), ended=False).verdict == "undecided"
    assert verdict_of(faulty("too-few-epochs", 0.9), ended=True).cause == "too-few-epochs"


def test_conditions():
    reached = condition("faulty:0.9")
    assert reached(verdict_of(faulty("x", 0.95), True)) and not reached(verdict_of(faulty("x", 0.5), True))
    with pytest.raises(ValueError, match="no condition"):
        condition("maybe")


def test_a_program_is_stopped_after_two_sure_verdicts(tmp_path):
    sure = faulty("dead-relu", 0.95)
    watch, said = watcher(tmp_path, [faulty("dead-relu", 0.95), faulty("x", 0.2), *[sure] * 100], stop_on="faulty:0.9")
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stderr=subprocess.DEVNULL)
    watch.start(process)
    while process.poll() is None:
        grow(tmp_path)
        time.sleep(0.02)
    watch.stop()
    assert process.returncode != 0
    assert said[-1].startswith("stopping the program: faulty: DEAD-RELU (95%)")


def test_the_end_and_the_progress_are_read_from_the_record(tmp_path):
    path = tmp_path / "record.run.jsonl"
    lines = [{"type": "config", "epochs": 30}, {"type": "step", "step": 100, "epoch": 2}]
    path.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))
    assert not has_ended(tmp_path) and progress(tmp_path) == "; in epoch 3 of 30"
    with open(path, "a") as file:
        file.write('{"type":"end","status":"completed"}\n')
    assert has_ended(tmp_path)
