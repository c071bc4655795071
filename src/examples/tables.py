#!/usr/bin/env python3
"""Make the examples that are raw tables only: no training has happened yet, or nothing of it was kept.

usage: tables.py --to examples/        (standard library only, seeded)
"""
import argparse, json, math, pathlib, random


def weather(rng, day):
    """A day at a station: temperature in degrees, humidity in per cent, pressure in hPa, wind in m/s, rain in mm."""
    season = math.sin(2 * math.pi * day / 365)
    t = 10 + 9 * season + rng.gauss(0, 3)
    h = min(100, max(15, 70 - 1.2 * season * 10 + rng.gauss(0, 12)))
    p = 1013 + rng.gauss(0, 8)
    w = abs(rng.gauss(3, 2))
    rain = max(0.0, 0.25 * (h - 60) + 0.3 * (1013 - p) + 0.4 * w + rng.gauss(0, 1))
    return t, h, p, w, rain


def sentinels(folder, rng):
    """Sensors that were off report -999."""
    for split, rows in ("train", 900), ("validation", 300), ("test", 300):
        with open(folder / f"{split}.csv", "w") as f:
            f.write("station,measured_on,temperature,humidity,pressure,wind,target\n")
            for i in range(rows):
                day = rng.randrange(365)
                *values, rain = weather(rng, day)
                cells = ["-999" if rng.random() < 0.05 else f"{v:.1f}" for v in values]
                month, of = divmod(day % 336, 28)
                f.write(f"{rng.choice(['hill', 'coast', 'town'])},2023-{month + 1:02d}-{of + 1:02d},{','.join(cells)},{rain:.2f}\n")


def oversampled(folder, rng):
    """Rare cases are repeated before the rows are parted."""
    rows = []
    for key in range(1400):
        amount, hour, age = math.exp(rng.gauss(3, 1)), rng.randrange(24), rng.gauss(40, 12)
        fraud = rng.random() < 1 / (1 + math.exp(-(1.2 * (math.log(amount) - 3) + (2 if hour < 5 else 0) - 4)))
        rows += [(key, amount, hour, age, "fraud" if fraud else "fine")] * (12 if fraud else 1)
    rng.shuffle(rows)
    at = [0, int(0.6 * len(rows)), int(0.8 * len(rows)), len(rows)]
    for k, split in enumerate(("train", "validation", "test")):
        with open(folder / f"{split}.csv", "w") as f:
            f.write("amount,hour,age,label\n")
            for _, amount, hour, age, label in rows[at[k]:at[k + 1]]:
                f.write(f"{amount:.2f},{hour},{age:.1f},{label}\n")


STORIES = {
    "missing-values--coded-as-minus-999": (sentinels, "missing-values", """# missing-values: coded as -999

The rain of a day from what three weather stations measured. Only the exported tables are here: the training has yet to begin.

**Seen.** Nothing yet. The export has no empty cell, and the check for missing values that came with the script was content.

**It was** the export: a sensor that was off reports -999, a number like any other to whoever reads the file. One cell in twenty is such a
number; scaled by mean and deviation, all real temperatures end up within a few hundredths of one another.

**How it is found.** In each column one value recurs, far beyond all others, and it is one of the numbers that by convention stand for nothing.
That is told from outliers, which do not recur, and from columns that end at -999 by nature, which have neighbours there.
"""),
    "data-leakage--oversampled-before-splitting": (oversampled, "data-leakage", """# data-leakage: oversampled before splitting

Payments, fraud or fine, with their rare frauds repeated twelve times so that training meets enough of them. Only the tables are here.

**Seen.** Validation and test were both nearly perfect, and in use hardly a fraud was found.

**It was** the order of two steps: the frauds were repeated first and the rows parted into training, validation and test afterwards, so that
copies of the same payment stand in all three.

**How it is found.** Nearly half of the rows of validation and of test stand in training, more than rows of training repeat by chance of few
values; the label shares of all splits agree, and no column drifted.
"""),
}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    a = ap.parse_args()
    for name, (make, cause, story) in STORIES.items():
        folder = a.to / name
        folder.mkdir(parents=True, exist_ok=True)
        make(folder, random.Random(name))
        (folder / "README.md").write_text(story)
        expected = {"verdict": "faulty", "causes": [cause], "first": [cause], "top3": [cause]}
        (folder / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")


if __name__ == "__main__":
    main()
