"""Writes examples/excessive-regularization--against-a-reference: two runs of reference/train.py that differ in one argument.

    python src/examples/reference.py examples/
"""

import csv
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(sys.argv[1], "excessive-regularization--against-a-reference")


def run(name, *arguments):
    """Trains as a user would, in a folder of its own; the last accuracy on the validation set."""
    folder = os.path.join(FOLDER, name)
    os.makedirs(folder, exist_ok=True)
    shutil.copy(os.path.join(HERE, "reference", "train.py"), folder)
    with open(os.path.join(folder, "train.log"), "w") as log:
        subprocess.run([sys.executable, "train.py", *arguments], cwd=folder, check=True, stdout=log)
    with open(os.path.join(folder, "metrics.csv"), newline="") as file:
        return float(list(csv.DictReader(file))[-1]["val_accuracy"])


good = run("reference")
bad = run("run", "--weight-decay", "0.05")
print("accuracy without the fault", good, "with it", bad)
assert good > bad + 0.05
