#!/usr/bin/env python3
"""Time and peak memory of reading a large console log. Standard library only.

usage: console.py [--gigabytes 1] [--format lines|bars] [--heap 200m] [--folder DIR]

Writes what a training prints below DIR (default: the system's folder for temporary files): lines of batches with an evaluation an epoch, or one
line an epoch that a progress bar writes over and over; reads it once with `aitia diagnose`, and deletes it.
"""
import math, random

import reading

BATCHES = 5000


def lines(epoch, rng):
    for batch in range(BATCHES):
        t = epoch + batch / BATCHES
        yield (f"2026-01-01 00:00:00,000 INFO Train Epoch: {epoch} [{batch}/{BATCHES}] loss: {2.3 * math.exp(-t / 40) + rng.gauss(0, 0.02):.6f} "
               f"lr: 1.000e-03 Time 0.412 (0.398) Data 0.081 (0.090)\n")


def bars(epoch, rng):
    for batch in range(BATCHES):
        done = 30 * batch // BATCHES
        t = epoch + batch / BATCHES
        yield (f"\r{batch + 1}/{BATCHES} [{'=' * done}>{'.' * (29 - done)}] - ETA: 1:04 - loss: {2.3 * math.exp(-t / 40) + rng.gauss(0, 0.02):.4f} "
               f"- accuracy: {1 - 0.9 * math.exp(-t / 40):.4f}")
    yield "\n"


def main():
    a = reading.options(__doc__, ["lines", "bars"], gigabytes=1, heap="200m")
    size = int(a.gigabytes * 1e9)
    rng = random.Random(7)
    with reading.room(a.folder, size) as folder:
        path = folder / "train.log"
        with path.open("w") as log:
            epoch = 0
            while log.tell() < size:
                epoch += 1
                if a.format == "bars":
                    log.write(f"Epoch {epoch}/100000\n")
                log.writelines((lines if a.format == "lines" else bars)(epoch, rng))
                log.write(f"Validation: Epoch {epoch} loss: {2.4 * math.exp(-epoch / 50):.4f} accuracy: {1 - 0.9 * math.exp(-epoch / 50):.4f}\n")
        seen = reading.read(folder, a.heap)
        print(f"{path.stat().st_size / 1e9:.1f} GB, {epoch} epochs, {a.format}: {seen}")


if __name__ == "__main__":
    main()
