"""Statistics of numpy arrays, for frameworks whose tensors come as such."""

from __future__ import annotations

from typing import Any

import numpy as np

from aitia.recording.profile import moments

EDGE = 0.01  # within 1 % of a bounded activation's limits counts as saturated
BOUNDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "softmax": (0.0, 1.0), "hard_sigmoid": (0.0, 1.0)}


def weight(values: np.ndarray) -> dict[str, Any]:
    """Statistics of a weight over its finite elements."""
    values = np.asarray(values, dtype=np.float64).ravel()
    finite = values[np.isfinite(values)]
    found: dict[str, Any] = moments(values)
    if finite.size:
        found["norm"] = float(np.linalg.norm(finite))
    return {**found, "non_finite": int(values.size - finite.size)}


def batch(values: np.ndarray) -> dict[str, Any]:
    """Statistics of the inputs of a step over their finite elements."""
    values = np.asarray(values).ravel()
    return {**moments(values), "non_finite": int((~np.isfinite(values)).sum()) if values.dtype.kind == "f" else 0}


def gradient(values: np.ndarray) -> dict[str, Any]:
    """Statistics of a gradient over its finite elements."""
    found = weight(values)
    if "min" in found:
        found["abs_max"] = max(abs(found.pop("min")), abs(found.pop("max")))
        found["zero_fraction"] = float((np.asarray(values) == 0).mean())
    return found


def activation(values: np.ndarray, kind: str | None) -> dict[str, Any]:
    """Statistics of an activation; `kind` is the name of its function."""
    values = np.asarray(values, dtype=np.float64).ravel()
    found: dict[str, Any] = moments(values)
    found["non_finite"] = int((~np.isfinite(values)).sum())
    if "mean" in found:
        found["zero_fraction"] = float((values == 0).mean())
        if kind in BOUNDS:
            low, high = BOUNDS[kind]
            edge = EDGE * (high - low)
            found["saturated_fraction"] = float(((values < low + edge) | (values > high - edge)).mean())
    return found
