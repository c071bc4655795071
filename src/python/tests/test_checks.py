"""For each experiment a faulty program that it catches and a sound one that it passes."""

import copy
import json
import random

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

import aitia

STEPS = 60


def data(n=256, classes=3):
    generator = torch.Generator().manual_seed(5)
    x = torch.randn(n, 8, generator=generator)
    return x, (x @ torch.randn(8, classes, generator=generator)).argmax(1)


def program(model=None, loss=None, lr=0.01, loader=None, optimizer=None):
    torch.manual_seed(2)
    model = model or nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 3))
    optimizer = optimizer(model) if optimizer else torch.optim.Adam(model.parameters(), lr=lr)
    return model, loss or nn.CrossEntropyLoss(), optimizer, loader or DataLoader(TensorDataset(*data()), batch_size=32, shuffle=True)


def result(name, parts, **options):
    return aitia.check(*parts, only=[name], steps=STEPS, **options)[name]


def regression(target_shape=(-1, 1), **options):
    x, _ = data()
    loader = DataLoader(TensorDataset(x, x[:, :1].reshape(target_shape)), batch_size=32)
    return program(nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1)), nn.MSELoss(), loader=loader, **options)


class Blind(nn.Module):
    """Looks at a constant in place of its input."""

    def __init__(self):
        super().__init__()
        self.body = nn.Linear(8, 3)

    def forward(self, x):
        return self.body(torch.ones_like(x))


class Mixing(nn.Module):
    """Subtracts the mean of the batch, along the wrong axis."""

    def __init__(self):
        super().__init__()
        self.body = nn.Linear(8, 3)

    def forward(self, x):
        return self.body(x - x.mean(0, keepdim=True))


class Detached(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(8, 8), nn.Linear(8, 3)

    def forward(self, x):
        return self.last(self.first(x).detach())


class Dead(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(8, 8), nn.Linear(8, 3)
        nn.init.constant_(self.first.bias, -100.0)

    def forward(self, x):
        return self.last(F.relu(self.first(x)))


class Unseeded(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(8, 3)
        self.generator = np.random.default_rng()

    def forward(self, x):
        return self.body(x) + torch.from_numpy(self.generator.normal(size=3)).float()

    def __deepcopy__(self, memo):
        twin = Unseeded()
        memo[id(self)] = twin
        memo[id(self.body)] = twin.body
        twin.load_state_dict(self.state_dict())
        for mine, its in zip(self.parameters(), twin.parameters(), strict=True):
            memo[id(mine)] = its
        return twin


class Mislabelled(Dataset):
    def __init__(self):
        self.x, self.y = data()

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]


def rotate_labels(batch):
    xs, ys = zip(*batch, strict=True)
    return torch.stack(xs), torch.stack(ys).roll(1)


def stale_batch_norm():
    model = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16, momentum=0.0), nn.ReLU(), nn.Linear(16, 3))
    model[1].running_var.fill_(1e-4)
    return program(model)


def lookup(output, target):
    return float((target == target).float().mean())


validation = DataLoader(TensorDataset(*data(512)), batch_size=128)
torch.manual_seed(11)
unrelated = DataLoader(TensorDataset(torch.randn(256, 8), torch.randint(0, 3, (256,))), batch_size=32)
half = lambda m: torch.optim.Adam(m[2].parameters(), lr=0.01)


class Images(Dataset):
    """Samples with a transform, as torchvision has them."""

    def __init__(self, transform=None):
        self.x, self.y = data()
        self.transform = transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return (self.transform(self.x[i]) if self.transform else self.x[i]), self.y[i]


class Overflowing(nn.Module):
    """Holds a value on the way that only single precision can hold."""

    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(8, 32), nn.Linear(32, 3)

    def forward(self, x):
        return self.last((F.relu(self.first(x)) * 1e6) / 1e6)


augmented = lambda change: program(loader=DataLoader(Images(change), 32, shuffle=True))
mixed = {"autocast": torch.bfloat16}
plain_validation = {"validation": DataLoader(Images(), 64)}

CASES = [
    ("optimizer-holds-all", program(optimizer=half), "no", program(), "yes", {}),
    ("loss-shapes-agree", regression((-1,)), "no", regression(), "yes", {}),
    ("first-loss", program(loss=nn.CrossEntropyLoss(reduction="sum")), "batch-times", program(), "as-guessing", {}),
    ("loss-reduction", (regression()[0], nn.MSELoss(reduction="sum"), *regression()[2:]), "summed", regression(), "mean-once", {}),
    ("loss-reduction", program(loss=lambda o, t: F.cross_entropy(o, t) / len(t)), "divided-again", program(), "mean-once", {}),
    ("gradients-after-first-backward", program(Detached()), "absent", program(), "normal", {}),
    ("gradients-after-first-backward", program(Dead()), "exactly-zero", program(), "normal", {}),
    ("depends-on-other-samples", program(Mixing()), "yes", program(), "no", {}),
    ("loader-equals-set", program(loader=DataLoader(Mislabelled(), 32, collate_fn=rotate_labels)), "no", program(), "yes", {}),
    ("seeds", program(Unseeded()), "not-repeatable", program(), "unknown", {}),
    ("overfits-one-batch", program(Blind()), "no", program(), "yes", {}),
    ("zero-inputs", program(Dead()), "yes", program(), "no", {}),
    ("zero-inputs", program(Blind()), "yes", program(), "no", {}),
    ("shuffled-inputs", program(loader=unrelated), "same", program(), "worse", {}),
    ("train-eval-modes-differ", stale_batch_norm(), "evaluation-worse", program(), "alike", {}),
    ("learning-rate-finder", program(lr=1e-7), "below", program(), "inside", {}),
    ("learning-rate-finder", program(lr=50.0), "above", program(), "inside", {}),
    ("fp32-run", program(Overflowing().half(), loader=[(x.half(), y) for x, y in program()[3]]), "yes", program(), "no", mixed),
    (
        "augmentation-off",
        augmented(lambda x: x.flip(0)[torch.randperm(8)]),
        "yes",
        augmented(lambda x: x + 0.05 * torch.randn(8)),
        "no",
        plain_validation,
    ),
]


@pytest.mark.parametrize(("name", "faulty", "wrong", "sound", "right", "options"), CASES)
def test_a_faulty_program_is_caught_and_a_sound_one_passes(name, faulty, wrong, sound, right, options):
    caught, passed = result(name, faulty, **({} if options is mixed else options)), result(name, sound, **options)
    assert (caught.result, caught.state) == (wrong, "fault"), caught
    assert (passed.result, passed.state) == (right, "sound"), passed


def test_shuffled_labels_tell_on_the_metric():
    caught = result("shuffled-labels", program(), validation=validation, metric=lookup)
    passed = result("shuffled-labels", program(), validation=validation)
    assert (caught.result, caught.state, passed.result, passed.state) == ("yes", "fault", "no", "sound")


def test_a_rate_that_never_helps():
    class Fixed(nn.Module):
        def __init__(self):
            super().__init__()
            self.body = nn.Linear(8, 3)

        def forward(self, x):
            return self.body(x) * 0

    assert result("learning-rate-finder", program(Fixed())).result == "never-falls"


def test_model_optimizer_and_random_numbers_are_as_they_were(tmp_path):
    model = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.Dropout(0.2), nn.ReLU(), nn.Linear(16, 3))
    parts = program(model)
    for x, y in parts[3]:
        parts[1](model(x), y).backward()
        parts[2].step()
    model.eval()
    before = copy.deepcopy((model.state_dict(), parts[2].state_dict(), [p.grad for p in model.parameters()]))
    numbers = torch.get_rng_state(), random.getstate(), np.random.get_state()[1]
    found = aitia.check(*parts, steps=10, validation=validation, path=tmp_path / "a.run.jsonl")
    assert all(torch.equal(a, b) for a, b in zip(before[0].values(), model.state_dict().values(), strict=True))
    assert str(before[1]) == str(parts[2].state_dict())
    assert all(torch.equal(a, p.grad) for a, p in zip(before[2], model.parameters(), strict=True))
    assert torch.equal(numbers[0], torch.get_rng_state()) and numbers[1] == random.getstate()
    assert np.array_equal(numbers[2], np.random.get_state()[1])
    assert not model.training
    probes = [json.loads(line) for line in (tmp_path / "a.run.jsonl").read_text().splitlines()]
    assert [p["name"] for p in probes] == [r.name for r in found.results] and len(probes) == 16
    assert all(p["type"] == "probe" and p["result"] for p in probes)
    assert "<table>" in found._repr_html_() and "first-loss" in str(found)


def test_an_experiment_that_cannot_be_made_says_so():
    def broken(output, target):
        raise RuntimeError("deliberate")

    found = result("first-loss", program(loss=broken))
    assert found.state == "unknown" and "deliberate" in found.text


def test_the_dialogue_offers_just_these_experiments():
    """`probe: true` stands at the questions that they answer, and each result is one of the question's answers or unknown."""
    import re
    from pathlib import Path

    from aitia.checks import EXPERIMENTS

    text = (Path(__file__).resolve().parents[3] / "knowledge-base/questions.yaml").read_text()
    offered = {q for q, body in re.findall(r"^([a-z0-9-]+):\n((?:(?: .*)?\n)+)", text, re.MULTILINE) if "\n  probe: true\n" in "\n" + body}
    assert offered == set(EXPERIMENTS)
