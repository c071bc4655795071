#!/usr/bin/env python3
"""Makes example runs: trains each with its fault and without, and writes what the faulty run leaves behind.

usage: make.py [NAME...] --to examples/        all of them without a NAME; NAME may be the beginning of one

A folder gets its README.md, the files of the run, and expected.json, which the end-to-end test reads. The fault has to hurt: the run is
compared with the same script without the fault, and make.py fails where the difference is too small. requirements.txt says what it needs.
"""

import argparse
import json
import math
import os
import pathlib
import shutil
import sys
import warnings

os.environ.setdefault("KERAS_BACKEND", "torch")
warnings.filterwarnings("ignore")

import numpy as np

np.seterr(all="ignore")

import scenarios
import training

LIMIT = 400_000  # bytes of one folder


def said(value):
    return "not a number" if not math.isfinite(value) else f"{value:.2f}"


def make(name, example, to):
    folder = to / name
    shutil.rmtree(folder, ignore_errors=True)
    setup = example.build(True)
    split, metric = setup.judge[0], setup.judged()
    faulty = float(training.run(setup, folder, f"run-{setup.seed}", example.files).last[split][metric])
    control = faulty if example.verdict == "healthy" else float(training.run(example.build(False)).last[split][metric])
    title = f"# {name.split('--')[0]}" if example.verdict != "healthy" else "# Healthy"
    variant = name.split("--")[1].replace("-", " ")
    (folder / "README.md").write_text(f"{title}: {variant}\n\n{example.story.format(faulty=said(faulty), control=said(control))}\n")
    expected = {"verdict": example.verdict, "causes": example.causes, "first": example.first, "top3": example.top3}
    (folder / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    hurts = example.verdict == "healthy" or not faulty >= control - example.margin
    met = example.verdict != "healthy" or not setup.target or faulty >= setup.target["value"]
    good = hurts and met and size <= LIMIT
    print(f"{'ok ' if good else 'BAD'} {name:66} {split} {metric} {faulty:8.3f} control {control:6.3f} {size / 1000:6.0f} kB", flush=True)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--to", type=pathlib.Path, required=True)
    options = parser.parse_args()
    chosen = [n for n in scenarios.EXAMPLES if not options.names or any(n.startswith(p) for p in options.names)]
    if not chosen:
        sys.exit("no example of that name; there are: " + ", ".join(scenarios.EXAMPLES))
    if not all([make(n, scenarios.EXAMPLES[n], options.to) for n in chosen]):
        sys.exit(1)


if __name__ == "__main__":
    main()
