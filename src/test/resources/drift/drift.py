#!/usr/bin/env python3
"""Write drift.json: what SciPy and numpy say of the samples that DriftTest makes.

usage: drift.py > drift.json      (numpy and scipy; the samples need no random numbers, so that both sides have the same)
"""
import json

import numpy as np
from scipy import spatial, stats

N, M = 4000, 2500


def sample(count, step, scale, offset, digits):
    """Values that wander through the unit interval by a fixed step, made a skewed column."""
    u = np.mod(np.arange(1, count + 1) * step, 1.0)
    return np.sort(np.round(offset + scale * (u * u + u), digits))


def psi(p, q):
    p, q = np.maximum(p, 1e-4), np.maximum(q, 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))


def binned(a, b):
    edges = np.unique(np.quantile(a, np.arange(1, 10) / 10))
    bins = lambda x: np.bincount(np.searchsorted(edges, x, side="left"), minlength=len(edges) + 1)
    return bins(a) / len(a), bins(b) / len(b)


PAIRS = {
    "alike": [(N, 0.6180339887498949, 3.0, 1.0, 12), (M, 0.4142135623730951, 3.0, 1.0, 12)],
    "moved": [(N, 0.6180339887498949, 3.0, 1.0, 12), (M, 0.4142135623730951, 3.0, 1.75, 12)],
    "stretched": [(N, 0.6180339887498949, 3.0, 1.0, 12), (M, 0.7320508075688772, 5.5, 0.25, 12)],
    "many ties": [(N, 0.6180339887498949, 8.0, -2.0, 0), (M, 0.2360679774997898, 8.0, -1.0, 0)],
    "apart": [(N, 0.6180339887498949, 1.0, 0.0, 12), (M, 0.2360679774997898, 1.0, 100.0, 12)],
    "few": [(7, 0.6180339887498949, 1.0, 0.0, 12), (3, 0.2360679774997898, 1.0, 0.5, 12)],
}
COUNTS = {
    "two words": [[300, 700], [180, 320]],
    "one unseen": [[500, 300, 0, 200], [100, 80, 40, 30]],
    "many": [[10, 20, 30, 40, 50, 60], [12, 17, 33, 45, 44, 70]],
}

out = {"scipy": __import__("scipy").__version__, "pairs": [], "counts": []}
for name, (a, b) in PAIRS.items():
    x, y = sample(*a), sample(*b)
    p, q = binned(x, y)
    out["pairs"].append({
        "name": name, "a": a, "b": b,
        "ks": float(stats.ks_2samp(x, y).statistic),
        "ksChance": float(stats.kstwobign.sf(stats.ks_2samp(x, y).statistic * np.sqrt(len(x) * len(y) / (len(x) + len(y))))),
        "wasserstein": float(stats.wasserstein_distance(x, y)),
        "psi": psi(p, q),
        "jensenShannon": float(spatial.distance.jensenshannon(p, q, base=2)),
    })
for name, (a, b) in COUNTS.items():
    chi2 = stats.chi2_contingency(np.array([a, b]), correction=False)
    out["counts"].append({
        "name": name, "a": a, "b": b,
        "chiSquare": float(chi2.statistic), "chance": float(chi2.pvalue),
        "cramersV": float(stats.contingency.association(np.array([a, b]), method="cramer")),
        "jensenShannon": float(spatial.distance.jensenshannon(np.array(a) / sum(a), np.array(b) / sum(b), base=2)),
        "psi": psi(np.array(a) / sum(a), np.array(b) / sum(b)),
        "totalVariation": float(np.abs(np.array(a) / sum(a) - np.array(b) / sum(b)).sum() / 2),
    })
print(json.dumps(out, indent=1))
