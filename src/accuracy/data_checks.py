#!/usr/bin/env python3
"""What the raw tables alone tell: recall of each cause that shows in the data, and false alarms.

usage: data_checks.py CASES [--made] [--command './aitia diagnose --format jsonl'] [--write src/docs/data-checks.md] [--all]

CASES holds a folder a case with a truth.json. Of each, only train.csv, validation.csv and test.csv are looked at: no record, no curves, no
settings. A cause is claimed when the verdict is faulty and it, or what a fair reader would also accept, has a probability of at least
0.5; it is named when it is among the suspects at all. --made adds tables of public data sets and formulas (made_tables.py). --all lists
every case that was missed or gave a false alarm.
"""
import argparse, collections, hashlib, json, pathlib, shlex, shutil, subprocess, sys, tempfile

from accuracy import HERE, split

FILES = ("train.csv", "validation.csv", "test.csv")
CAUSES = ("missing-values", "class-imbalance", "outliers-in-data", "label-distribution-shift", "test-distribution-shift", "data-leakage",
          "input-not-normalized", "test-data-quality", "label-errors", "uninformative-features")


def ask(command, folders):
    done = subprocess.run(shlex.split(command) + [str(f) for f in folders], capture_output=True, text=True, cwd=HERE)
    answers = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            answer = json.loads(line)
            answers[pathlib.Path(answer["source"]).name] = answer
    if len(answers) < len(folders):
        sys.exit(f"{len(folders) - len(answers)} tables got no answer (exit {done.returncode}): {done.stderr[-800:]}")
    return answers


def judged(name, true, acceptable, answer):
    said = {c["id"]: c["probability"] for c in answer["causes"]}
    sure = {c for c, p in said.items() if p >= 0.5} if answer["verdict"] == "faulty" else set()
    return dict(name=name, true=true, claimed={c: bool(({c} | acceptable) & sure) for c in true}, named={c: c in said for c in true},
                verdict=answer["verdict"], sure=sure)


def corpus(cases, command, scratch):
    rows, prints = [], collections.defaultdict(list)
    held = [p.parent for p in sorted(cases.glob("*/truth.json")) if all((p.parent / f).exists() for f in FILES)]
    for case in held:
        to = scratch / case.name
        to.mkdir(parents=True)
        for f in FILES:
            shutil.copyfile(case / f, to / f)
        prints[hashlib.sha256(b"".join((case / f).read_bytes() for f in FILES)).hexdigest()].append(case.name)
    answers = ask(command, [scratch / c.name for c in held])
    for case in held:
        truth = json.loads((case / "truth.json").read_text())
        true = {c for c in truth["causes"] if c != "healthy"}
        rows.append(judged(case.name, true, set(truth.get("acceptable", [])), answers[case.name]))
    return rows, prints


def table(groups):
    """Recall a cause and false alarms, a column a group of rows."""
    lines = ["| | " + " | ".join(groups) + " |", "|---|" + "---|" * len(groups)]
    share = lambda hit, of: f"{hit} of {of}" if of else "-"
    for cause in CAUSES:
        cells = []
        for rows in groups.values():
            its = [r for r in rows if cause in r["true"]]
            named = sum(r["named"][cause] for r in its)
            text = share(sum(r["claimed"][cause] for r in its), len(its))
            cells.append(text if not its or named <= sum(r["claimed"][cause] for r in its) else f"{text} (named: {named})")
        if any(c != "-" for c in cells):
            lines.append(f"| `{cause}` | " + " | ".join(cells) + " |")
    cells = []
    for rows in groups.values():
        sound = [r for r in rows if not r["true"]]
        cells.append(share(sum(r["verdict"] == "faulty" for r in sound), len(sound)))
    lines.append("| false alarms on healthy data | " + " | ".join(cells) + " |")
    if any(r["true"] - set(CAUSES) for rows in groups.values() for r in rows):
        cells = []
        for rows in groups.values():
            other = [r for r in rows if r["true"] and not r["true"] & (set(CAUSES) - {"input-not-normalized"})]
            cells.append(share(sum(r["verdict"] == "faulty" for r in other), len(other)))
        lines.append("| called faulty where the fault is elsewhere | " + " | ".join(cells) + " |")
    return lines


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=pathlib.Path)
    ap.add_argument("--made", action="store_true")
    ap.add_argument("--command", default="./aitia diagnose --format jsonl")
    ap.add_argument("--write", type=pathlib.Path)
    ap.add_argument("--all", action="store_true")
    a = ap.parse_args()
    _, aside = split(a.cases)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="tables-"))
    try:
        rows, prints = corpus(a.cases, a.command, scratch / "corpus")
        made = []
        if a.made:
            import made_tables
            cases = made_tables.make(scratch / "made")
            answers = ask(a.command, [scratch / "made" / name for name, _ in cases])
            made = [judged(name, {cause} if cause else set(), set(), answers[name]) for name, cause in cases]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    groups = {"all": rows, "tuned on": [r for r in rows if r["name"] not in aside], "set aside": [r for r in rows if r["name"] in aside]}
    lines = [f"Raw files of {len(rows)} labelled runs, {len(groups['set aside'])} of them set aside (as in [accuracy.md](accuracy.md)).", ""]
    lines += table(groups)
    twins = []
    for names in prints.values():
        its = [r for r in rows if r["name"] in names]
        raw = [r["name"] for r in its if "input-not-normalized" in r["true"]]
        others = [r["name"] for r in its if "input-not-normalized" not in r["true"]]
        twins += [f"{n} = {', '.join(others)}" for n in raw if others]
    if twins:
        lines += ["", "`input-not-normalized` is claimed of no raw file, because none can tell: scaling happens in the program. The files of such runs are, byte",
                  "for byte, those of runs without the fault: " + "; ".join(twins) + ". It is named as a suspect with a low probability where",
                  "raw values need scaling; the run's record, or an answer, settles it."]
    if made:
        lines += ["", f"{len(made)} tables of public data sets and formulas (`made_tables.py`), none of which a threshold was taken from:", ""] + table({"made": made})
    print("\n".join(lines))
    if a.all:
        for r in rows + made:
            missed = [c for c in r["true"] if c in CAUSES and not r["claimed"][c]]
            if missed or not r["true"] and r["verdict"] == "faulty":
                print(r["name"], "missed" if missed else "false alarm", missed, "sure of", sorted(r["sure"]))
    if a.write:
        text = a.write.read_text()
        mark = "<!-- written by src/accuracy/data_checks.py; do not edit below -->"
        a.write.write_text(text[: text.index(mark)] + mark + "\n\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
