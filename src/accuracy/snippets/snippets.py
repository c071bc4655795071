#!/usr/bin/env python3
"""Runs the snippets of knowledge-base/questions.yaml, the experiments that the dialogue offers, on a small classifier.

    python3 src/accuracy/snippets/snippets.py [--framework pytorch|keras|mindspore]... [--only ID]... [--show]

Needs PyYAML, numpy, matplotlib and the frameworks; one that is not installed is left out, unless it is named. Keras runs on the backend
of KERAS_BACKEND, torch by default; MindSpore 2.10 reads data with numpy 1 only. given/ holds the names that stand for what the user has: model, loss_fn,
optimizer, data, a saved reference. A framework is imported once; each snippet then gets a process and a folder of its own.
Prints one line a snippet; the exit code is 1 when one did not run.
"""

import argparse
import importlib
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.remove(str(HERE))  # nothing here is to be imported in the place of a framework

import yaml

QUESTIONS = HERE.parents[2] / "knowledge-base" / "questions.yaml"
MODULES = {  # with what is imported late, by the first optimizer and the first picture
    "pytorch": ("torch", "torch._dynamo", "matplotlib.pyplot"),
    "keras": ("keras", "matplotlib.pyplot"),
    "mindspore": ("mindspore", "matplotlib.pyplot"),
}
SECONDS = 120


def snippets(framework):
    """Yields id and text of each snippet of a framework, in the order of the file."""
    for identity, question in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")).items():
        if framework in question.get("snippets", {}):
            yield identity, question["snippets"][framework]


def run(folder):
    """Runs in the child: what is given and then the snippet, as one module, since MindSpore reads the source of functions again."""
    os.chdir(folder)
    with open("output.txt", "w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    sys.stdout, sys.stderr = open(1, "w", buffering=1, closefd=False), open(2, "w", buffering=1, closefd=False)
    warnings.filterwarnings("ignore", "FigureCanvasAgg is non-interactive")
    sys.path.insert(0, folder)
    try:
        importlib.import_module("snippet")
    except BaseException:
        traceback.print_exc()
        sys.stdout.flush()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)  # without the clearing up of threads that the parent started


def outcome(framework, text):
    """Runs one snippet in a process of its own; returns whether it ran, and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        given = (HERE / "given" / f"{framework}.py").read_text(encoding="utf-8")
        Path(folder, "snippet.py").write_text(f'{given}\n\nprint("----")\n{text}', encoding="utf-8")
        child = multiprocessing.get_context("fork").Process(target=run, args=(folder,))
        child.start()
        child.join(SECONDS)
        if child.is_alive():
            child.kill()
            child.join()
            return False, f"not done after {SECONDS} s"
        printed = Path(folder, "output.txt").read_text(encoding="utf-8", errors="replace").strip()
        return child.exitcode == 0, printed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--framework", choices=list(MODULES), action="append")
    parser.add_argument("--only", metavar="ID", action="append", help="a question's id")
    parser.add_argument("--show", action="store_true", help="what each snippet prints, too")
    chosen = parser.parse_args()
    os.environ.setdefault("KERAS_BACKEND", "torch")
    os.environ.setdefault("MPLBACKEND", "agg")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    failed = count = 0
    for framework in chosen.framework or MODULES:
        try:
            for module in MODULES[framework]:
                importlib.import_module(module)
        except ImportError as missing:
            print(f"{framework:9} left out: {missing}")
            failed += bool(chosen.framework)
            continue
        for identity, text in snippets(framework):
            if chosen.only and identity not in chosen.only:
                continue
            count += 1
            begun = time.monotonic()
            ran, printed = outcome(framework, text)
            seconds = time.monotonic() - begun
            failed += not ran
            print(f"{framework:9} {identity:30} {seconds:5.1f} s  {'ran' if ran else (printed.splitlines() or ['no message'])[-1]}", flush=True)
            if chosen.show:
                print("    " + printed.split("----\n", 1)[-1].replace("\n", "\n    "), flush=True)
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
