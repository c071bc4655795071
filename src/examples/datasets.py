"""The data of the examples: tables that scikit-learn ships, tables drawn here, small images and sequences drawn here. All seeded."""

from dataclasses import dataclass, field

import numpy as np

SPLITS = ("train", "validation", "test")


@dataclass
class Data:
    """Splits as raw tables and, once prepared, as they enter the model."""

    raw: dict
    names: list
    ready: dict = field(default_factory=dict)
    tokens: bool = False

    def copy(self):
        return Data({s: (x.copy(), y.copy()) for s, (x, y) in self.raw.items()}, self.names, {}, self.tokens)


def split(x, y, names, seed, shares=(0.6, 0.2, 0.2), tokens=False):
    order = np.random.default_rng(seed).permutation(len(x))
    a = int(len(x) * shares[0])
    b = a + int(len(x) * shares[1])
    parts = (order[:a], order[a:b], order[b:])
    x = x if tokens else x.astype(np.float64)
    return Data({s: (x[p], y[p]) for s, p in zip(SPLITS, parts)}, list(names), tokens=tokens)


def standardised(data, target=False, fill=None, only=SPLITS, fit="train"):
    """Centres and scales columns by the train split; `only` names the splits that get it, `fill` what missing cells become."""
    x, y = data.raw[fit]
    mean, std = np.nanmean(x, axis=0), np.nanstd(x, axis=0)
    std = np.where(std > 0, std, 1.0)
    middle = np.nanmedian(x, axis=0)
    for name, (x, t) in data.raw.items():
        x = np.where(np.isnan(x), middle, x) if fill == "median" else x
        scaled = (x - mean) / std if name in only else x
        if fill == "zero":
            scaled = np.where(np.isnan(scaled), 0.0, scaled)
        t = (t - y.mean()) / y.std() if target else t
        data.ready[name] = (scaled.astype(np.float32), t.astype(np.float32 if target else np.int64))
    return data


def as_is(data, scale=1.0, offset=0.0, regression=False):
    for name, (x, y) in data.raw.items():
        x = x if data.tokens else ((x - offset) * scale).astype(np.float32)
        data.ready[name] = (x, y.astype(np.float32 if regression else np.int64))
    return data


def pixels(data, mean=0.5, std=0.3, scale=255.0, only=SPLITS):
    """Grey levels 0 to 255 to about zero mean and unit deviation, as images with one channel."""
    for name, (x, y) in data.raw.items():
        side = int(round(x.shape[1] ** 0.5))
        v = (x / scale - mean) / std if name in only else x
        data.ready[name] = (v.astype(np.float32).reshape(-1, 1, side, side), y.astype(np.int64))
    return data


def signals(data, std=1.0):
    for name, (x, y) in data.raw.items():
        data.ready[name] = ((x / std).astype(np.float32)[:, None, :], y.astype(np.int64))
    return data


# ---- tables ----------------------------------------------------------------------------------------------------------------------


def breast_cancer(seed):
    from sklearn.datasets import load_breast_cancer

    d = load_breast_cancer()
    return split(d.data, d.target, [n.replace(" ", "_") for n in d.feature_names], seed)


def wine(seed):
    from sklearn.datasets import load_wine

    d = load_wine()
    return split(d.data, d.target, [n.replace("/", "_") for n in d.feature_names], seed)


def diabetes(seed):
    from sklearn.datasets import load_diabetes

    d = load_diabetes(scaled=False)
    return split(d.data, d.target, d.feature_names, seed)


def housing(seed, rows=1500):
    """House prices by district: skewed columns of very different ranges, a smooth law and some noise."""
    r = np.random.default_rng(seed)
    income = r.gamma(4.0, 1.0, rows)
    age = r.uniform(1, 52, rows)
    rooms = r.lognormal(1.6, 0.25, rows)
    people = r.lognormal(7.0, 0.6, rows)
    occupancy = r.lognormal(1.0, 0.2, rows)
    north, east = r.uniform(32, 42, rows), r.uniform(-124, -114, rows)
    coast = np.abs((north - 32) + (east + 124) * 0.8 - 8)
    price = 0.45 * income + 0.25 * rooms + 0.012 * age - 0.22 * coast - 0.35 * occupancy + 0.9 * np.sin(north) + r.normal(0, 0.3, rows)
    x = np.column_stack([income, age, rooms, people, occupancy, north, east])
    return split(x, price * 80 + 200, ["income", "age", "rooms", "population", "occupancy", "latitude", "longitude"], seed)


def blobs(seed, rows=1200, columns=20, informative=8, classes=4, separation=1.2, flip=0.01, weights=None):
    from sklearn.datasets import make_classification

    x, y = make_classification(
        rows, columns, n_informative=informative, n_redundant=2, n_classes=classes, class_sep=separation, flip_y=flip,
        weights=weights, random_state=seed, n_clusters_per_class=2,
    )
    r = np.random.default_rng(seed)
    x = x * r.uniform(0.5, 8, columns) + r.uniform(-20, 20, columns)
    return split(x, y, [f"x{i:02d}" for i in range(columns)], seed)


def moons(seed, rows=900, noise=0.12):
    from sklearn.datasets import make_moons

    x, y = make_moons(rows, noise=noise, random_state=seed)
    return split(x * 30 + 100, y, ["x1", "x2"], seed)


def spirals(seed, rows=1200, arms=3, noise=0.05, turns=1.2):
    r = np.random.default_rng(seed)
    y = r.integers(0, arms, rows)
    t = np.sqrt(r.uniform(0.02, 1, rows))
    angle = t * turns * 2 * np.pi + y * 2 * np.pi / arms
    x = np.column_stack([t * np.cos(angle), t * np.sin(angle)]) + r.normal(0, noise, (rows, 2))
    return split(x * 5, y, ["x", "y"], seed)


def curve(seed, rows=1000, columns=6, noise=0.15):
    """Regression on a smooth sum of interactions."""
    r = np.random.default_rng(seed)
    x = r.normal(0, 1, (rows, columns))
    y = np.sin(1.5 * x[:, 0]) + 0.5 * x[:, 1] * x[:, 2] + 0.4 * x[:, 3] ** 2 - 0.6 * x[:, 4] + r.normal(0, noise, rows)
    x = x * r.uniform(1, 30, columns) + r.uniform(-50, 50, columns)
    return split(x, y * 12 + 40, [f"u{i}" for i in range(columns)], seed)


def plane(seed, rows=800, columns=8, noise=0.3):
    """Regression on a linear law."""
    r = np.random.default_rng(seed)
    x = r.normal(0, 1, (rows, columns)) * r.uniform(1, 10, columns)
    y = x @ (r.normal(0, 1, columns) / x.std(axis=0)) + r.normal(0, noise, rows)
    return split(x, y * 5 + 20, [f"m{i}" for i in range(columns)], seed)


# ---- images and sequences ------------------------------------------------------------------------------------------------------


def shapes(seed, rows=1200, side=10, kinds=6, noise=18.0, shares=None):
    """Small grey images: filled box, ring, cross, diagonal, stripes, two dots; placed at random, with sensor noise."""
    r = np.random.default_rng(seed)
    y = r.choice(kinds, rows, p=shares)
    x = np.zeros((rows, side, side))
    yy, xx = np.mgrid[0:side, 0:side]
    for i, kind in enumerate(y):
        size = r.integers(4, 7)
        top, left = r.integers(0, side - size + 1, 2)
        v, u = (yy - top), (xx - left)
        inside = (v >= 0) & (v < size) & (u >= 0) & (u < size)
        middle = size // 2
        mask = [
            inside,
            inside & ((v == 0) | (v == size - 1) | (u == 0) | (u == size - 1)),
            inside & ((v == middle) | (u == middle)),
            inside & (np.abs(u - v) == 0),
            inside & (v % 2 == 0),
            inside & (((v <= 1) & (u <= 1)) | ((v >= size - 2) & (u >= size - 2))),
        ][kind]
        x[i] = mask * r.uniform(150, 230)
    x = np.clip(x + r.normal(0, noise, x.shape) + 20, 0, 255).round()
    names = [f"p{i}_{j}" for i in range(side) for j in range(side)]
    return split(x.reshape(rows, -1), y, names, seed)


def waves(seed, rows=900, length=32, noise=0.25):
    """Signals of four kinds: sine, square, saw tooth, chirp; phase and frequency at random."""
    r = np.random.default_rng(seed)
    y = r.integers(0, 4, rows)
    t = np.arange(length) / length
    f, p = r.uniform(2, 4, (rows, 1)), r.uniform(0, 1, (rows, 1))
    s = f * t + p
    kinds = [np.sin(2 * np.pi * s) * 1.2, np.sign(np.sin(2 * np.pi * s)), 2 * (s % 1) - 1, np.sin(2 * np.pi * (s + 3 * t**2)) * 1.2]
    x = np.choose(y[:, None], kinds) + r.normal(0, noise, (rows, length))
    return split(x, y, [f"t{i:02d}" for i in range(length)], seed)


def order_of_marks(seed, rows=1500, length=16, words=24):
    """Token rows with two marks among fillers; the label tells which mark comes first and whether they stand near each other."""
    r = np.random.default_rng(seed)
    x = r.integers(3, words, (rows, length))
    y = np.zeros(rows, dtype=int)
    for i in range(rows):
        a, b = np.sort(r.choice(length, 2, replace=False))
        swap = r.integers(0, 2)
        x[i, a], x[i, b] = (1, 2) if swap else (2, 1)
        y[i] = swap
    return split(x, y, [f"w{i:02d}" for i in range(length)], seed, tokens=True)


def topics(seed, rows=1200, length=14, words=60, classes=4):
    """Token rows, bags of words: each class prefers a quarter of the words."""
    r = np.random.default_rng(seed)
    y = r.integers(0, classes, rows)
    own = words // classes
    preferred = y[:, None] * own + r.integers(0, own, (rows, length))
    x = np.where(r.random((rows, length)) < 0.35, preferred, r.integers(0, words, (rows, length)))
    return split(x, y, [f"w{i:02d}" for i in range(length)], seed, tokens=True)
