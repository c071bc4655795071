"""Raw tables of public data sets and of formulas, sound ones and ones with a fault put in, to try the data checks on more than one
collection. Needs numpy and scikit-learn (src/examples/requirements.txt).
"""
import csv

import numpy as np
from sklearn import datasets

SPLITS = ("train", "validation", "test")


def base(name, rng):
    """Inputs, target and whether it is a classification."""
    if name in ("iris", "wine", "breast_cancer", "digits", "diabetes"):
        d = getattr(datasets, f"load_{name}")()
        return d.data.astype(float), d.target, name != "diabetes"
    n = 1200
    if name == "blobs":
        x, y = datasets.make_blobs(n, centers=4, n_features=6, cluster_std=2.5, random_state=int(rng.integers(1 << 30)))
        return x * rng.uniform(0.1, 50, 6), y, True
    if name == "skewed":
        x = np.exp(rng.normal(size=(n, 8)) * 0.8) * rng.uniform(0.5, 20, 8)
        z = np.log(x / np.median(x, 0))
        return x, (z[:, 0] + z[:, 1] - z[:, 2] + 0.2 * rng.normal(size=n) > 0).astype(int), True
    if name == "prices":
        x = rng.normal(size=(n, 7)) * rng.uniform(0.5, 30, 7)
        z = x / x.std(0)
        return x, np.exp(11 + 0.6 * z[:, 0] + 0.4 * z[:, 1] - 0.3 * z[:, 2] + 0.1 * rng.normal(size=n)), False
    x = rng.uniform(-1, 1, size=(n, 3)) * rng.uniform(1, 9, 3)
    return x, np.sin(x[:, 0]) + x[:, 1] ** 2 / 5 + 0.05 * rng.normal(size=n), False


BASES = ("iris", "wine", "breast_cancer", "digits", "diabetes", "blobs", "skewed", "prices", "waves")


def parted(x, y, rng):
    order = rng.permutation(len(x))
    at = np.split(order, [int(0.6 * len(x)), int(0.8 * len(x))])
    return {s: (x[i].copy(), y[i].copy()) for s, i in zip(SPLITS, at)}


def lopsided(x, y, rng, share):
    """Rows in which the first half of the classes keeps only a share of its rows."""
    few = np.unique(y)[: max(1, len(np.unique(y)) // 2)]
    keep = ~np.isin(y, few) | (rng.random(len(y)) < share)
    return x[keep], y[keep]


def put_in(fault, variant, t, rng, classes):
    """Puts a fault into the splits; None where it cannot be put into such data."""
    x = t["train"][0]
    std = x.std(0) + 1e-9
    if fault == "missing-values":
        for s in SPLITS:
            v = t[s][0]
            where = rng.random(v.shape) < (0.06, 0.4, 0.04)[variant]
            v[where] = (np.nan, np.nan, -999)[variant]
    elif fault == "class-imbalance":
        if not classes or len(x) < 300:
            return None
        for s in SPLITS if variant == 0 else SPLITS[:1]:
            t[s] = lopsided(*t[s], rng, 0.04)
        if min(np.unique(t["train"][1], return_counts=True)[1]) > max(np.unique(t["train"][1], return_counts=True)[1]) / 12:
            return None
    elif fault == "outliers-in-data":
        for s in SPLITS if variant == 0 else SPLITS[:1]:
            v = t[s][0]
            where = rng.random(v.shape) < (0.02, 0.02, 0.01)[variant]
            v[where] += (rng.choice([-1, 1], size=v.shape) * (40, 80, 60)[variant] * std)[where]
    elif fault == "label-distribution-shift":
        if not classes:
            if variant == 2:
                return None
            for s in SPLITS[1 if variant == 0 else 2:]:
                a, b = t[s]
                keep = rng.random(len(b)) < np.where(b > np.median(b), 1, 0.1)
                t[s] = a[keep], b[keep]
        else:
            for s in (SPLITS[1:], SPLITS[1:], SPLITS[2:])[variant]:
                t[s] = lopsided(*t[s], rng, 0.12)
    elif fault == "test-distribution-shift":
        v = t["test"][0]
        varied = rng.permutation(np.flatnonzero(std > 0.3 * np.median(std[std > 1e-6])))
        some = varied[: max(1, len(varied) // 2)]
        if variant == 0:
            v += 1.5 * std
        elif variant == 1:
            v[:, some] *= 10
        else:
            v[:, some[0]] += 3 * std[some[0]]
    elif fault == "data-leakage":
        share = (1.0, 0.5, 0.3)[variant]
        v, w = t["validation"]
        n = int(share * len(v))
        take = rng.permutation(len(x))[:n]
        v[: len(take)], w[: len(take)] = x[take], t["train"][1][take]
    return t


def healthy(variant, t, rng):
    """What sound data have, too."""
    if variant == 1:
        for s in SPLITS:
            t[s][0][rng.random(t[s][0].shape) < 0.015] = np.nan
    return t


def write(folder, t, variant, rng):
    folder.mkdir(parents=True)
    for k, s in enumerate(SPLITS):
        x, y = t[s]
        with open(folder / f"{s}.csv", "w", newline="") as f:
            out = csv.writer(f, delimiter=";" if variant == 2 else ",")
            extra = variant == 2
            out.writerow((["id", "seen_on", "kind"] if extra else []) + [f"m{j}" for j in range(x.shape[1])] + ["label"])
            for i in range(len(x)):
                more = [100_000 * k + i, f"2024-0{k + 1}-{i % 28 + 1:02d}", ("plain", "fancy", "other")[int(rng.integers(3))]] if extra else []
                out.writerow(more + ["" if np.isnan(v) else f"{v:.6g}" for v in x[i]] + [y[i]])


def make(folder):
    """Writes all tables below a folder; gives (name, cause or None) of each."""
    found = []
    faults = ("missing-values", "class-imbalance", "outliers-in-data", "label-distribution-shift", "test-distribution-shift", "data-leakage")
    for b, name in enumerate(BASES):
        for variant in range(3):
            rng = np.random.default_rng(1000 * b + variant)
            x, y, classes = base(name, rng)
            for k, fault in enumerate((None,) + faults):
                rng = np.random.default_rng(100_000 * (k + 1) + 1000 * b + variant)
                t = parted(x, y, rng)
                t = healthy(variant, t, rng) if fault is None else put_in(fault, variant, t, rng, classes)
                if t is not None:
                    case = f"{name}-{variant}-{fault or 'sound'}"
                    write(folder / case, t, variant, rng)
                    found.append((case, fault))
    return found
