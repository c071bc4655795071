"""Watching speaks only when the verdict changes, and stops only what is asked for."""

import json
import subprocess
import sys
import time

import pytest

from aitia.command import replay as replaying
from aitia.command.replay import replay
from aitia.command.watch import Watcher, condition, has_ended, main, progress, verdict_of


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


def recorded(folder, steps, broken):
    """A record whose loss is not finite from a step on, and a log."""
    lines = [{"type": "run", "schema": "run-record/1"}]
    lines += [{"type": "step", "step": i, "loss": 1.0 if i < broken else "NaN"} for i in range(steps)]
    (folder / "record.run.jsonl").write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))
    (folder / "console.log").write_text("line\n" * steps)
    (folder / "events.bin").write_bytes(b"\0" * 10)


def by_the_record(path):
    """A diagnosis that finds a fault where a loss is not finite."""
    assert not (path / "events.bin").exists()
    text = (path / "record.run.jsonl").read_text()
    return faulty("numerical-overflow", 0.9) if "NaN" in text else {"verdict": "healthy", "causes": []}


def test_a_run_that_is_over_is_watched_again(tmp_path, capsys):
    recorded(tmp_path, 99, 30)
    seen = replay(tmp_path, 10, by_the_record)
    assert [part.step for part in seen.parts] == [8, 18, 28, 38, 48, 58, 68, 78, 88, 98]
    assert [part.verdict.verdict for part in seen.parts] == ["healthy"] * 3 + ["faulty"] * 7
    replaying.show([tmp_path], 10, by_the_record)
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "step 8: healthy",
        "step 38: faulty: NUMERICAL-OVERFLOW (90%)",
        "first sign of trouble at step 30, warned by step 38 of 98: 61% of the run to save",
    ]


def test_several_runs_that_are_over_are_summed_up(tmp_path, capsys):
    for name, broken in (("a", 30), ("b", 52), ("c", 1000)):
        (tmp_path / name).mkdir()
        recorded(tmp_path / name, 99, broken)
    replaying.show([tmp_path / name for name in "abc"], 10, by_the_record)
    said = capsys.readouterr().out.splitlines()
    assert said[2] == f"{tmp_path / 'c'}: no warning; at the end healthy"
    assert said[3] == (  # by step 38, which is 8 steps late, and by step 58, which is 6
        "2 of 3 runs are faulty at the end; warned after 50% of the run in the middle, 60% at the latest; "
        "7 steps after the first sign of trouble in the middle of 2; 0 of the other 1 were warned of on the way"
    )


def test_one_run_is_watched_at_a_time(tmp_path):
    with pytest.raises(SystemExit):
        main([str(tmp_path), str(tmp_path)])


@pytest.mark.parametrize("name", ["train.log", "events.out.tfevents.1", "record.run.jsonl"])
def test_files_of_any_kind_are_watched_as_they_grow(name, tmp_path):
    path = tmp_path / name
    answers = iter([{"verdict": "healthy", "causes": []}, faulty("dead-relu", 0.95), faulty("dead-relu", 0.95)])
    said = []
    watch = Watcher(path if name == "train.log" else tmp_path, say=said.append, diagnose=lambda p: next(answers), stop_on="faulty:0.9")
    for i in range(3):
        with open(path, "ab") as file:
            file.write(b"\0\1 line %d\n" % i)
        verdict = watch.look()
    assert watch.reached(verdict) and [s.split(" ", 1)[1] for s in said] == ["healthy", "faulty: DEAD-RELU (95%)"]
