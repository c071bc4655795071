"""The parts of a recorder that know no framework."""

import json
import os
from types import SimpleNamespace

import numpy as np
import pytest

from aitia.recording import arrays, names
from aitia.recording.care import Care, careful
from aitia.recording.jsonl import RecordWriter, default_path, number, plain
from aitia.recording.profile import Profile, fingerprints
from aitia.recording.sampling import Sampler


def test_numbers_as_json_holds_them():
    assert number(1.23456789) == 1.23457
    assert [number(v) for v in (float("nan"), float("inf"), -float("inf"))] == ["NaN", "Infinity", "-Infinity"]
    assert plain({"a": None, "b": (1, np.float32(0.5)), "c": np.int64(3), 4: True}) == {"b": [1, 0.5], "c": 3, "4": True}


def test_a_record_is_readable_after_every_line(tmp_path):
    writer = RecordWriter(tmp_path / "deep" / "a.run.jsonl")
    for i in range(3):
        writer.write({"type": "step", "step": i, "loss": float("nan")})
        lines = (tmp_path / "deep" / "a.run.jsonl").read_text().splitlines()
        assert [json.loads(line)["step"] for line in lines] == list(range(i + 1))


def test_a_second_recording_does_not_overwrite_the_first(tmp_path):
    for _ in range(2):
        writer = RecordWriter(tmp_path / "record.run.jsonl")
        writer.write({"type": "run"})
        writer.close()
    assert sorted(os.listdir(tmp_path)) == ["record-2.run.jsonl", "record.run.jsonl"]


def test_each_rank_has_a_record(monkeypatch, tmp_path):
    monkeypatch.setenv("AITIA_RUN_DIR", str(tmp_path))
    monkeypatch.setenv("RANK", "3")
    assert default_path() == tmp_path / "record-rank3.run.jsonl"
    monkeypatch.setenv("RANK", "0")
    assert default_path() == tmp_path / "record.run.jsonl"


def test_sampling_stays_within_its_share():
    now = [0.0]
    care = Care(share=0.05, grace=0.0, clock=lambda: now[0])
    sampler = Sampler(care)

    @careful
    def spend(part):
        now[0] += 0.004

    for step in range(100_000):
        if sampler.step(step):
            spend(SimpleNamespace(care=care))
        now[0] += 0.001
    assert 0.02 * now[0] < care.spent < 0.05 * now[0] + 0.2  # and what is recorded in any case


def test_the_number_of_recorded_steps_grows_with_the_logarithm():
    care = SimpleNamespace(affordable=lambda: True)
    steps, layers = Sampler(care), Sampler(care)
    kept = sum(steps.step(i) for i in range(200_000))
    deep = sum(layers.layers(i) for i in range(200_000))
    assert 400 < kept < 4000 and 50 < deep < 200
    steps.urgent(150_001)
    assert all(steps.step(i) for i in range(150_001, 150_005))


def test_a_fault_switches_its_part_off_and_no_other(capsys):
    class Parts:
        def __init__(self):
            self.care, self.calls = Care(), []

        @careful
        def broken(self):
            self.calls.append("broken")
            raise ValueError("deliberate")

        @careful
        def sound(self):
            self.calls.append("sound")

    parts = Parts()
    for _ in range(3):
        parts.broken()
        parts.sound()
    assert parts.calls == ["broken", "sound", "sound", "sound"]
    assert capsys.readouterr().err.count("deliberate") == 1


def test_a_profile_of_a_table():
    rng = np.random.default_rng(0)
    x = rng.normal(3, 2, (500, 4)).astype("float32")
    x[:50, 1] = np.nan
    y = rng.integers(0, 3, 500)
    train, held = Profile("train"), Profile("validation")
    for i in range(0, 500, 100):
        train.add(x[i : i + 100], y[i : i + 100], 100)
    held.add(np.vstack([x[60:65], rng.normal(size=(5, 4)).astype("float32")]), None, 10)
    record = train.record()
    assert record["samples"] == 500 and record["shape"] == [4]
    assert record["missing_fraction"] == pytest.approx(0.025) and record["non_finite"] == 50
    assert record["labels"] == {str(c): int((y == c).sum()) for c in range(3)}
    assert record["columns"][1]["missing_fraction"] == pytest.approx(0.1)
    assert record["columns"][0]["quantiles"] == pytest.approx(np.quantile(x[:, 0].astype(float), np.linspace(0, 1, 11)))
    assert held.record(train)["duplicates"] == 5


def test_fingerprints_tell_rows_apart():
    rows = np.arange(3000, dtype=np.float32).reshape(1000, 3)
    assert len(set(fingerprints(rows).tolist())) == 1000
    assert fingerprints(rows[5:6])[0] == fingerprints(rows)[5]


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("val_loader", "validation"),
        ("X_test", "test"),
        ("trainDataset", "train"),
        ("testloader", "test"),
        ("validDL", "validation"),
        ("eval_dataloader", "validation"),
        ("dev_set", "validation"),
        ("latest", None),
        ("values", None),
        ("contest", None),
    ],
)
def test_the_split_that_a_name_speaks_of(name, split):
    assert names.split_of(name) == split


def test_epochs_are_read_from_the_variables_of_the_program():
    epoch, args = 4, SimpleNamespace(epochs=30, lr=0.1)
    assert names.epoch_variable() == epoch and args
    assert names.planned_epochs() == 30


def test_statistics_of_arrays():
    found = arrays.gradient(np.array([0.0, -2.0, 1.0, np.nan]))
    assert found["non_finite"] == 1 and found["abs_max"] == 2 and found["zero_fraction"] == 0.25
    assert arrays.activation(np.array([0.0, 0.5, 1.0, 1.0]), "sigmoid")["saturated_fraction"] == 0.75
    assert "min" not in arrays.weight(np.array([np.nan]))


def test_steps_are_recorded_to_the_end_even_without_time():
    sampler = Sampler(SimpleNamespace(affordable=lambda: False))
    kept = [i for i in range(10_000) if sampler.step(i)]
    deep = [i for i in range(10_000) if sampler.layers(i)]
    assert kept[-1] > 9_400 and len(kept) < 300 and deep[-1] >= 5_000 and len(deep) < 20
