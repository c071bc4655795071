#!/usr/bin/env python3
"""What a comparison with unfair references does: labelled runs held against healthy runs of other recipes on data of the same shape.

usage: references.py CASES [--most 4] [--command './aitia diagnose --format jsonl'] [--all]

Each run of CASES is diagnosed alone and with up to --most healthy runs of the same task, input shape and number of classes for its
reference. Printed: how many pairs of a healthy run are called faulty, and in how many pairs of a faulty run a right cause comes first,
beside how often it does without a reference. --all lists the pairs that were right alone and are not with the reference.
"""
import argparse, collections, json, pathlib, shlex, subprocess, sys

from accuracy import HERE


def shape(case):
    """Task, input shape and number of classes as recorded; None without a record."""
    record = case / "record.run.jsonl"
    if not record.exists():
        return None
    task = None
    with record.open() as lines:
        for line in lines:
            entry = json.loads(line)
            if entry["type"] == "run":
                task = entry.get("task")
            if entry["type"] == "data" and entry.get("split") == "train":
                return task, tuple(entry.get("shape") or ()), len(entry.get("labels") or ())
    return None


def diagnoses(command, folders, reference=None):
    extra = ["--reference", str(reference)] if reference else []
    done = subprocess.run(shlex.split(command) + extra + [str(f) for f in folders], capture_output=True, text=True, cwd=HERE)
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if len(answers) != len(folders):
        sys.exit(f"{len(folders)} runs, {len(answers)} answers (exit {done.returncode}): {done.stderr[-800:]}")
    return dict(zip((f.name for f in folders), answers))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=pathlib.Path)
    ap.add_argument("--most", type=int, default=4)
    ap.add_argument("--command", default="./aitia diagnose --format jsonl")
    ap.add_argument("--all", action="store_true")
    a = ap.parse_args()
    truths = {p.parent: json.loads(p.read_text()) for p in sorted(a.cases.resolve().glob("*/truth.json"))}
    right = {c: set(t["causes"]) - {"healthy"} | set(t.get("acceptable", [])) for c, t in truths.items()}
    healthy = {c for c, t in truths.items() if set(t["causes"]) <= {"healthy"}}
    shapes = {c: shape(c) for c in truths}
    wanted = collections.defaultdict(list)
    for case in truths:
        fits = [r for r in sorted(healthy) if r != case and shapes[r] is not None and shapes[r] == shapes[case]]
        for reference in fits[: a.most]:
            wanted[reference].append(case)
    first = lambda d: d["causes"][0]["id"] if d["causes"] else None
    runs = sorted({c for cases in wanted.values() for c in cases})
    alone = diagnoses(a.command, runs)
    tally, lost = collections.Counter(), []
    for reference, cases in sorted(wanted.items()):
        for name, with_it in diagnoses(a.command, cases, reference).items():
            case = a.cases.resolve() / name
            if case in healthy:
                tally["healthy"] += 1
                tally["false"] += with_it["verdict"] == "faulty"
                tally["false alone"] += alone[name]["verdict"] == "faulty"
                wrong = with_it["verdict"] == "faulty"
            else:
                tally["faulty"] += 1
                tally["first"] += first(with_it) in right[case]
                tally["first alone"] += first(alone[name]) in right[case]
                wrong = first(alone[name]) in right[case] and first(with_it) not in right[case]
            if wrong:
                lost.append(f"{name} against {reference.name}: {first(with_it)}, alone {first(alone[name])}")
    print(f"{tally['healthy']} pairs of a healthy run: {tally['false']} called faulty ({tally['false alone']} alone)")
    print(f"{tally['faulty']} pairs of a faulty run: {tally['first']} with a right cause first ({tally['first alone']} alone)")
    if a.all:
        print("\n".join(lost))


if __name__ == "__main__":
    main()
