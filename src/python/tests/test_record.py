"""What stands in a record is what happened, by numbers computed another way."""

import copy
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from conftest import read
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

import aitia
from aitia.pytorch.statistics import describe, fetch, masked


def test_one_step_by_hand(tmp_path):
    model = nn.Linear(2, 1, bias=False)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0, -2.0]]))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    x = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    y = torch.tensor([[0.0], [0.0]])
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        F.mse_loss(model(x), y).backward()
        optimizer.step()
    records = read(tmp_path / "a.run.jsonl")
    step, layer, config = records["step"][0], records["layer"][0], records["config"][0]
    # outputs 1 and -2: loss (1 + 4) / 2; gradient (1, -2); update -0.5 (1, -2)
    assert step["loss"] == 2.5
    assert step["gradient_norm"] == pytest.approx(math.sqrt(5), rel=1e-5)
    assert step["update_cosine"] == pytest.approx(1)
    assert step["batch"]["mean"] == 0.5 and step["batch"]["std"] == 0.5
    assert layer["weight"]["norm"] == pytest.approx(math.sqrt(5), rel=1e-5)
    assert layer["gradient"]["abs_max"] == 2 and layer["gradient"]["mean"] == -0.5
    assert layer["update_ratio"] == pytest.approx(0.5)
    assert layer["activation"]["max"] == 1 and layer["activation"]["min"] == -2
    assert config["optimizer"]["name"] == "SGD" and config["optimizer"]["momentum"] == 0.9 and config["optimizer"]["learning_rate"] == 0.5
    assert records["run"][0]["task"] == "regression"
    assert config["loss"] == {"name": "MSELoss", "reduction": "mean"}


def classification(path, loss=nn.CrossEntropyLoss, epochs=3, **options):
    x = torch.randn(96, 6)
    y = torch.arange(96) % 3
    train_loader = DataLoader(TensorDataset(x[:64], y[:64]), batch_size=16, shuffle=True)
    val_loader = DataLoader(TensorDataset(x[64:], y[64:]), batch_size=20)
    model = nn.Sequential(nn.Linear(6, 12), nn.ReLU(), nn.Dropout(0.25), nn.Linear(12, 3))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.1)
    criterion = loss()
    seen = []
    with aitia.record(model, optimizer, path=path, **options):
        for epoch in range(1, epochs + 1):
            model.train()
            for xb, yb in train_loader:
                optimizer.zero_grad()
                criterion(model(xb), yb).backward()
                nn.utils.clip_grad_norm_(model.parameters(), 0.5)
                optimizer.step()
            scheduler.step()
            model.eval()
            with torch.no_grad():
                for xb, yb in val_loader:
                    criterion(model(xb), yb)
                out = copy.deepcopy(model)(x[64:]).log_softmax(1)
            seen.append((-out[range(32), y[64:]].mean().item(), (out.argmax(1) == y[64:]).float().mean().item()))
    return read(path), seen, (x, y)


def test_a_plain_loop_with_loaders(tmp_path):
    records, seen, (x, _) = classification(tmp_path / "a.run.jsonl")
    run, config = records["run"][0], records["config"][0]
    assert run["schema"] == "run-record/1" and run["task"] == "classification" and run["classes"] == 3
    assert config["batch_size"] == 16 and config["shuffle"] is True and config["gradient_clip"] == 0.5 and config["dropout"] == 0.25
    held = [e for e in records["epoch"] if e["split"] == "validation"]
    assert [e["epoch"] for e in held] == [0, 1, 2] and all(e["mode"] == "eval" for e in held)
    for e, (loss, accuracy) in zip(held, seen, strict=True):
        assert e["loss"] == pytest.approx(loss, rel=1e-4)
        assert e["metrics"]["accuracy"] == pytest.approx(accuracy, rel=1e-4)
    trained = [e for e in records["epoch"] if e["split"] == "train"]
    assert [e["step"] for e in trained] == [3, 7, 11]
    by_epoch = [np.mean([s["loss"] for s in records["step"] if s["epoch"] == e]) for e in range(3)]
    assert [e["loss"] for e in trained] == pytest.approx(by_epoch, rel=1e-4)
    assert [s["learning_rate"] for s in records["step"][::4]] == pytest.approx([1e-2, 1e-3, 1e-4])
    data = {d["split"]: d for d in records["data"]}
    assert data["train"]["samples"] == 64 and data["validation"]["samples"] == 32
    assert data["train"]["labels"] == {"0": 22, "1": 21, "2": 21}
    assert data["train"]["mean"] == pytest.approx(x[:64].mean().item(), rel=1e-3)
    assert data["train"]["columns"][2]["quantiles"][5] == pytest.approx(np.quantile(x[:64, 2].numpy(), 0.5), rel=1e-4)
    assert data["validation"]["duplicates"] == 0


def test_the_loop_without_loaders_names_splits_by_variables(tmp_path):
    X_train, y_train, X_test, y_test = torch.randn(64, 3), torch.randn(64, 1), torch.randn(32, 3), torch.randn(32, 1)
    X_test[:4] = X_train[:4]
    model = nn.Linear(3, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    with aitia.record(path=tmp_path / "a.run.jsonl"):
        for epoch in range(4):
            for i in range(0, 64, 16):
                optimizer.zero_grad()
                loss = nn.functional.mse_loss(model(X_train[i : i + 16]), y_train[i : i + 16])
                loss.backward()
                optimizer.step()
            with torch.no_grad():
                nn.functional.mse_loss(model(X_test), y_test)
    records = read(tmp_path / "a.run.jsonl")
    held = [e for e in records["epoch"] if e["split"] == "test"]
    assert len(held) == 4 and {"mae", "r2"} == held[0]["metrics"].keys()
    assert [s["epoch"] for s in records["step"]] == [e for e in range(4) for _ in range(4)]
    assert {d["split"]: d["samples"] for d in records["data"]} == {"train": 64, "test": 32}
    assert {d["split"]: d.get("duplicates") for d in records["data"]} == {"train": None, "test": 4}


def test_accumulated_and_scaled_losses_are_those_of_a_mean_sample(tmp_path):
    x, y = torch.randn(32, 4), torch.randn(32, 1)
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    scaler = torch.amp.GradScaler("cpu", init_scale=1024.0)
    expected = F.mse_loss(model(x), y)
    gradient = torch.autograd.grad(expected, model.parameters())
    norm = torch.linalg.vector_norm(torch.cat([g.flatten() for g in gradient])).item()
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        for i in range(4):
            loss = F.mse_loss(model(x[i * 8 : i * 8 + 8]), y[i * 8 : i * 8 + 8]) / 4
            scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        scaler.scale(F.mse_loss(model(x), y) * float("inf")).backward()
        scaler.step(optimizer)
    steps = read(tmp_path / "a.run.jsonl")["step"]
    assert steps[0]["loss"] == pytest.approx(expected.item(), rel=1e-5)
    assert steps[0]["gradient_norm"] == pytest.approx(norm, rel=1e-4)
    assert steps[0]["loss_scale"] == 1024 and steps[0]["skipped"] is False
    assert steps[1]["skipped"] is True and steps[1]["loss"] == "Infinity"


class Logarithm(nn.Module):
    def forward(self, x):
        return x.log()


def test_where_a_loss_that_is_not_finite_began(tmp_path):
    model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), Logarithm(), nn.BatchNorm1d(8), nn.Linear(8, 1))
    with torch.no_grad():
        model[0].bias.fill_(100.0)
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-6)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        for step in range(30):
            if step == 25:
                with torch.no_grad():
                    model[0].bias.fill_(-100.0)
            optimizer.zero_grad()
            F.mse_loss(model(torch.randn(8, 4)), torch.zeros(8, 1)).backward()
            optimizer.step()
    records = read(tmp_path / "a.run.jsonl")
    trouble = records["trouble"][0]
    assert (trouble["step"], trouble["kind"], trouble["direction"]) == (25, "non-finite-loss", "forward")
    assert (trouble["layer"], trouble["operator"], trouble["input_finite"]) == ("2", "Logarithm", True)
    assert trouble["batch"]["non_finite"] == 0
    assert {r["step"] for r in records["layer"]} >= {25}


def test_a_gradient_that_breaks_while_the_loss_is_finite(tmp_path):
    class Root(nn.Module):
        def forward(self, x):
            return (x * 0).abs().sqrt()

    model = nn.Sequential(nn.Linear(4, 8), nn.Linear(8, 8), Root())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        F.mse_loss(model(torch.randn(2, 4)), torch.zeros(2, 8)).backward()
        optimizer.step()
    trouble = read(tmp_path / "a.run.jsonl")["trouble"][0]
    assert (trouble["kind"], trouble["direction"], trouble["layer"]) == ("non-finite-gradient", "backward", "1")


def test_a_batch_that_is_not_finite(tmp_path):
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x = torch.randn(8, 4)
    x[2, 1] = float("nan")
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        F.mse_loss(model(x), torch.zeros(8, 1)).backward()
        optimizer.step()
    trouble = read(tmp_path / "a.run.jsonl")["trouble"][0]
    assert trouble["direction"] == "input" and trouble["batch"]["non_finite"] == 1


def test_steps_left_out_come_back_when_the_loss_jumps(tmp_path, monkeypatch):
    monkeypatch.setattr("aitia.recording.sampling.Sampler.step", lambda self, step: step % 20 == 0)
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        for step in range(50):
            F.mse_loss(model(torch.ones(8, 4)) * (1000 if step == 47 else 1), torch.ones(8, 1) * 3).backward()
            optimizer.step()
    records = read(tmp_path / "a.run.jsonl")
    assert records["trouble"][0]["kind"] == "spike" and records["trouble"][0]["step"] == 47
    assert {*range(32, 48)} <= {r["step"] for r in records["step"]}


@pytest.mark.parametrize("values", [[1.0, 2.0, float("nan"), -3.0, float("inf")], [0.0, 5.0, 0.0, 1.0]])
def test_statistics_agree_with_numpy_on_both_ways(values):
    x = np.array(values, dtype=np.float32)
    finite = x[np.isfinite(x)]
    for found in (fetch(describe(torch.tensor(x), norm=True)), fetch(masked(torch.tensor(x), True, False))):
        assert found["non_finite"] == len(x) - len(finite)
        assert found["mean"] == pytest.approx(finite.mean(), rel=1e-5) and found["std"] == pytest.approx(finite.std(), rel=1e-5)
        assert (found["min"], found["max"]) == (finite.min(), finite.max())
        assert found["norm"] == pytest.approx(np.linalg.norm(finite), rel=1e-5)


def test_saturation_is_within_one_percent_of_the_limits():
    found = fetch(describe(torch.tensor([0.001, 0.5, 0.995, 0.9]), kind="sigmoid"))
    assert found["saturated_fraction"] == 0.5
    assert "saturated_fraction" not in describe(torch.zeros(3), kind="relu")


def test_two_optimizers_in_turns_are_one_run(tmp_path):
    generator, judge = nn.Linear(2, 2), nn.Linear(2, 1)
    with aitia.record(path=tmp_path / "a.run.jsonl"):
        optimizer_d = torch.optim.SGD(judge.parameters(), lr=0.01)
        optimizer_g = torch.optim.SGD(generator.parameters(), lr=0.02)
        for _ in range(4):
            fake = generator(torch.randn(8, 2))
            optimizer_d.zero_grad()
            F.binary_cross_entropy_with_logits(judge(fake.detach()), torch.zeros(8, 1)).backward()
            optimizer_d.step()
            optimizer_g.zero_grad()
            loss_g = F.binary_cross_entropy_with_logits(judge(fake), torch.ones(8, 1))
            loss_g.backward()
            optimizer_g.step()
    records = read(tmp_path / "a.run.jsonl")
    assert [s["step"] for s in records["step"]] == [0, 1, 2, 3]
    assert all(s["learning_rate"] == 0.01 for s in records["step"]) and records["step"][1]["metrics"]["loss_g"] > 0
    assert {m["name"]: m["optimized"] for m in records["model"][0]["modules"]} == {"generator": True, "judge": True}


def adversaries(path, loader=None):
    generator, judge = (
        nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2)),
        nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1)),
    )
    batches = loader or [torch.randn(32, 2) * 0.1 + 5 for _ in range(4)]
    with aitia.record(path=path):
        optimizer_d, optimizer_g = (torch.optim.SGD(m.parameters(), lr=0.01) for m in (judge, generator))
        for batch in batches:
            real = batch[0] if isinstance(batch, list) else batch
            fake = generator(torch.randn(32, 2))
            optimizer_d.zero_grad()
            loss = F.binary_cross_entropy_with_logits(judge(real), torch.ones(32, 1))
            loss = loss + F.binary_cross_entropy_with_logits(judge(fake.detach()), torch.zeros(32, 1))
            expected = judge(fake.detach()).sigmoid().mean().item()
            loss.backward()
            optimizer_d.step()
            optimizer_g.zero_grad()
            F.binary_cross_entropy_with_logits(judge(fake), torch.ones(32, 1)).backward()
            optimizer_g.step()
    return read(path), expected


def test_of_two_networks_the_record_says_how_one_judges_the_other(tmp_path):
    records, expected = adversaries(tmp_path / "a.run.jsonl")
    last = records["step"][-1]["metrics"]
    assert last["D(G(z))"] == pytest.approx(expected, rel=1e-4) and 0 < last["D(x)"] < 1
    assert "accuracy" not in last


def test_the_batch_of_two_networks_is_what_the_loader_gave(tmp_path):
    real = torch.randn(128, 2) * 0.1 + 5
    records, _ = adversaries(tmp_path / "a.run.jsonl", DataLoader(TensorDataset(real), batch_size=32))
    assert all(s["batch"]["mean"] == pytest.approx(5, abs=0.1) for s in records["step"])
    assert records["data"][0]["mean"] == pytest.approx(5, abs=0.1)


def test_data_shown_as_a_whole_stand_for_their_batches(tmp_path):
    x = torch.arange(40.0).reshape(20, 2)
    model = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-4)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl") as run:
        run.data("train", x, torch.ones(20), columns=["age", "income"])
        for _ in range(3):
            F.mse_loss(model(x[:4] + 100), torch.ones(4, 1)).backward()
            optimizer.step()
        run.end_epoch({"loss": 0.5, "mine": 3.0})
    records = read(tmp_path / "a.run.jsonl")
    assert records["data"][0]["samples"] == 20 and records["data"][0]["mean"] == pytest.approx(19.5)
    assert [c["name"] for c in records["data"][0]["columns"]] == ["age", "income"]
    trained = [e for e in records["epoch"] if e["split"] == "train"]
    assert [(e["loss"], e["metrics"]) for e in trained] == [(0.5, {"mine": 3.0})]
    assert records["end"][0]["steps"] == 3


def test_a_second_training_in_the_same_program_is_left_alone(tmp_path):
    with aitia.record(path=tmp_path / "a.run.jsonl"):
        for _ in range(2):
            model = nn.Linear(2, 1)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
            for _ in range(30):
                F.mse_loss(model(torch.randn(8, 2)), torch.zeros(8, 1)).backward()
                optimizer.step()
    assert [s["step"] for s in read(tmp_path / "a.run.jsonl")["step"]] == list(range(30))


def test_of_several_losses_that_of_the_classes_speaks(tmp_path):
    model = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    y = torch.arange(6) % 3
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        out = model(torch.randn(6, 4))
        loss = F.mse_loss(out, torch.zeros(6, 3)) + F.cross_entropy(out, y)
        loss.backward()
        optimizer.step()
    records = read(tmp_path / "a.run.jsonl")
    assert records["run"][0]["task"] == "classification" and records["config"][0]["loss"]["name"] == "MSELoss + CrossEntropyLoss"
    assert records["step"][0]["loss"] == pytest.approx(loss.item(), rel=1e-5) and records["step"][0]["metrics"].keys() == {"accuracy"}


def test_metrics_of_the_training_are_there_in_every_epoch_even_without_time(tmp_path, monkeypatch):
    monkeypatch.setattr("aitia.recording.care.Care.affordable", lambda self: False)
    loader = DataLoader(TensorDataset(torch.randn(200, 4), torch.arange(200) % 3), batch_size=4)
    model = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        for _ in range(4):
            for x, y in loader:
                F.cross_entropy(model(x), y).backward()
                optimizer.step()
    trained = [e for e in read(tmp_path / "a.run.jsonl")["epoch"] if e["split"] == "train"]
    assert len(trained) == 4 and all("accuracy" in e["metrics"] for e in trained)


def test_of_many_large_outputs_some_rows_stand_for_the_step(tmp_path):
    model = nn.Linear(4, 2000)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    x = torch.randn(600, 4)
    with torch.no_grad():
        best = model(x).argmax(1)
    y = torch.where(torch.rand(600) < 0.7, best, (best + 1) % 2000)
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    step = read(tmp_path / "a.run.jsonl")["step"][0]
    hits = (best == y)[::5].float().mean().item()  # 1.2 million outputs: every fifth row
    assert step["metrics"]["accuracy"] == pytest.approx(hits, abs=1e-5)


TAKEN = F.cross_entropy  # held from before any recording


def test_a_loss_taken_from_pytorch_before_the_recording_is_heard(tmp_path):
    loader = DataLoader(TensorDataset(torch.randn(64, 4), torch.arange(64) % 3), batch_size=16)
    model = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    original = TAKEN
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        for x, y in loader:
            TAKEN(model(x), y).backward()
            optimizer.step()
        with torch.no_grad():
            for x, y in (test_loader := DataLoader(loader.dataset, batch_size=32)):
                TAKEN(model(x), y)
    assert TAKEN is original and test_loader
    records = read(tmp_path / "a.run.jsonl")
    assert records["config"][0]["loss"]["name"] == "CrossEntropyLoss" and records["run"][0]["classes"] == 3
    assert {"loss", "metrics"} <= next(e for e in records["epoch"] if e["split"] == "test").keys()


@pytest.mark.parametrize(
    ("function", "name", "target", "shown"),
    [
        (F.cross_entropy, "CrossEntropyLoss", torch.arange(16) % 3, "none"),
        (F.mse_loss, "MSELoss", torch.randn(16, 3), "none"),
        (F.binary_cross_entropy_with_logits, "BCEWithLogitsLoss", (torch.arange(48) % 2).float().reshape(16, 3), "none"),
    ],
)
def test_a_loss_that_nothing_names_is_read_from_its_graph(function, name, target, shown, tmp_path):
    model = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    held = [function]
    with aitia.record(model, optimizer, path=tmp_path / "a.run.jsonl"):
        loss = held[0](model(torch.randn(16, 4)), target)
        (loss / 4).backward()
        (held[0](model(torch.randn(16, 4)), target) / 4).backward()
        optimizer.step()
    records = read(tmp_path / "a.run.jsonl")
    assert records["config"][0]["loss"]["name"] == name and records["model"][0]["output_activation"] == shown
    assert records["step"][0]["metrics"].keys() & {"accuracy", "mae"}


def of_its_own(output, target):
    return (1 - (output.softmax(1)[torch.arange(len(target)), target])).mean()


class Own:
    def __call__(self, output, target):
        return of_its_own(output, target)


@pytest.mark.parametrize("style", ["function", "object", "local"])
def test_a_given_loss_may_be_any_callable(style, tmp_path):
    loss = {"function": of_its_own, "object": Own(), "local": lambda out, y: 1.0 * of_its_own(out, y)}[style]
    loader = DataLoader(TensorDataset(torch.randn(64, 4), torch.arange(64) % 3), batch_size=16)
    model = nn.Linear(4, 3)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    before = of_its_own, Own.__call__
    with aitia.record(model, optimizer, loss=loss, path=tmp_path / "a.run.jsonl") as session:
        for x, y in loader:
            (of_its_own if style == "function" else loss)(model(x), y).backward()
            optimizer.step()
    assert not session.care.failed and (of_its_own, Own.__call__) == before
    records = read(tmp_path / "a.run.jsonl")
    assert records["config"][0]["loss"]["name"] == {"function": "of_its_own", "object": "Own", "local": "<lambda>"}[style]
    assert records["data"][0]["labels"] == {"0": 22, "1": 21, "2": 21}
