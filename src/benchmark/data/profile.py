#!/usr/bin/env python3
"""Time and peak memory of reading large raw data: a CSV, or numpy arrays, of training rows.

usage: profile.py [--gigabytes 5] [--format csv|npy] [--heap 512m] [--folder DIR]

Makes the file below DIR (default: the system's folder for temporary files), reads it once with `aitia diagnose`, and deletes it.
The rows are drawn from sixteen blocks of random numbers, so that making them is quick; reading does not gain from that.
"""
import array, random, struct

import reading

COLUMNS = 50
BLOCK_ROWS = 8_000


def blocks(rows):
    """Sixteen blocks of rows of numbers with a label last."""
    rng = random.Random(7)
    for _ in range(16):
        yield [[rng.gauss(j, 1 + j) for j in range(COLUMNS)] + [rng.randrange(5)] for _ in range(rows)]


def make_csv(folder, size):
    texts = ["\n".join(",".join([f"{v:.6g}" for v in r[:-1]] + [str(r[-1])]) for r in b).encode() + b"\n" for b in blocks(BLOCK_ROWS)]
    with open(folder / "train.csv", "wb") as f:
        f.write((",".join(f"f{j}" for j in range(COLUMNS)) + ",label\n").encode())
        written, i = 0, 0
        while written < size:
            written += f.write(texts[i * 7 % 16])
            i += 1
    return i * BLOCK_ROWS


def npy_head(kind, shape):
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


def make_npy(folder, size):
    xs, ys = [], []
    for b in blocks(BLOCK_ROWS):
        xs.append(array.array("f", [v for r in b for v in r[:-1]]).tobytes())
        ys.append(array.array("q", [r[-1] for r in b]).tobytes())
    count = max(1, size // len(xs[0]))
    with open(folder / "x_train.npy", "wb") as x, open(folder / "y_train.npy", "wb") as y:
        x.write(npy_head("<f4", (count * BLOCK_ROWS, COLUMNS)))
        y.write(npy_head("<i8", (count * BLOCK_ROWS,)))
        for i in range(count):
            x.write(xs[i * 7 % 16])
            y.write(ys[i * 7 % 16])
    return count * BLOCK_ROWS


def main():
    a = reading.options(__doc__, ["csv", "npy"])
    size = int(a.gigabytes * 1e9)
    with reading.room(a.folder, size) as folder:
        rows = (make_csv if a.format == "csv" else make_npy)(folder, size)
        seen = reading.read(folder, a.heap)
        print(f"{size / 1e9:.1f} GB, {rows} rows of {COLUMNS} columns: {seen}")


if __name__ == "__main__":
    main()
