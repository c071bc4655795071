#!/usr/bin/env python3
"""Score Aitia on labelled runs, apart for the runs that rules were tuned on and those set aside, and write the report.

usage: accuracy.py CASES SCORER [--write src/docs/accuracy.md] [--link FOLDER]

CASES holds a folder a case with a truth.json, SCORER is the scoring script that comes with them. Every third case, counted among
the cases of the same cause, is set aside. --link makes a folder of links to the cases that rules may be tuned on.
"""
import argparse, json, pathlib, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parents[2]
VIEWS = ["full", "no-record", "curves+config", "curves"]


def split(cases):
    """Names of the cases to tune on and of those set aside."""
    labelled = []
    for truth in sorted(cases.glob("*/truth.json")):
        labelled.append((sorted(json.loads(truth.read_text())["causes"]), truth.parent.name))
    labelled.sort()
    aside = {name for i, (_, name) in enumerate(labelled) if i % 3 == 2}
    return [n for _, n in labelled if n not in aside], sorted(aside)


def figures(rows):
    faulty = [r for r in rows if r["true"]]
    healthy = [r for r in rows if not r["true"]]
    pairs = [r for r in faulty if len(r["true"]) > 1]
    share = lambda n, d: n / d if d else float("nan")
    return {
        "runs": len(rows),
        "top-1": share(sum(r["rank"] == 1 for r in faulty), len(faulty)),
        "top-3": share(sum(bool(r["rank"] and r["rank"] <= 3) for r in faulty), len(faulty)),
        "healthy recognised": share(sum(r["verdict"] == "healthy" for r in healthy), len(healthy)),
        "false alarms": share(sum(r["verdict"] == "faulty" for r in healthy), len(healthy)),
        "both of a pair in 4": share(sum(set(r["true"]) <= {c for c, _ in r["said"][:4]} for r in pairs), len(pairs)),
        "calibration error": calibration(rows),
        "undecided": share(sum(r["verdict"] == "undecided" for r in rows), len(rows)),
    }


def calibration(rows):
    bins = {}
    said = [(r["said"][0][1], float(r["rank"] == 1)) for r in rows if r["true"] and r["said"]]
    for p, y in said:
        bins.setdefault(min(int(p * 10), 9), []).append(p - y)
    return sum(abs(sum(b)) for b in bins.values()) / len(said) if said else float("nan")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=pathlib.Path)
    ap.add_argument("scorer", type=pathlib.Path)
    ap.add_argument("--write", type=pathlib.Path)
    ap.add_argument("--link", type=pathlib.Path)
    a = ap.parse_args()
    tuned, aside = split(a.cases)
    if a.link:
        a.link.mkdir(parents=True, exist_ok=True)
        for name in tuned:
            to = a.link / name
            if not to.exists():
                to.symlink_to((a.cases / name).resolve())
        return
    lines = [
        "# Accuracy",
        "",
        "Written by `src/accuracy/accuracy.py CASES SCORER --write src/docs/accuracy.md`; do not edit.",
        f"{len(tuned) + len(aside)} labelled runs; every third of each cause ({len(aside)} runs) was set aside before the rules were written. The",
        "notes on how experts read such runs that the rules build on had seen all of them, so the set aside flatters a little.",
        "",
    ]
    misses = []
    for view in VIEWS:
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            command = [sys.executable, str(a.scorer), str(a.cases), "--view", view, "--json", out.name,
                       "--command", f"{HERE}/aitia diagnose --format jsonl"]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stderr)
            result = json.load(open(out.name))
        rows = result["rows"]
        groups = {"all": rows, "tuned on": [r for r in rows if r["case"] not in aside],
                  "set aside": [r for r in rows if r["case"] in aside]}
        tables = {k: figures(v) for k, v in groups.items()}
        print(view, {k: {n: round(x, 3) for n, x in t.items()} for k, t in tables.items()}, f"{result['summary']['seconds'] / len(rows):.3f} s a run")
        lines += [f"## View `{view}`", "", f"`score.py CASES --view {view} --command './aitia diagnose --format jsonl'`; "
                  f"{result['summary']['seconds'] / len(rows):.3f} s a run, start-up included.", "",
                  "| | " + " | ".join(groups) + " |", "|---|" + "---|" * len(groups)]
        for name in tables["all"]:
            lines.append(f"| {name} | " + " | ".join(f"{tables[g][name]:.0f}" if name == "runs" else f"{tables[g][name]:.2f}" for g in groups) + " |")
        lines.append("")
        if view == "full":
            misses = [r for r in rows if (r["true"] and r["rank"] != 1) or (not r["true"] and r["verdict"] != "healthy")]
    lines += ["## Misses of the view `full`", "", "| case | true | verdict | said |", "|---|---|---|---|"]
    for r in misses:
        said = ", ".join(f"{c} {p:.2f}" for c, p in r["said"][:3])
        star = "*" if r["case"] in aside else ""
        lines.append(f"| {r['case']}{star} | {', '.join(r['true']) or 'healthy'} | {r['verdict']} | {said} |")
    lines += ["", "An asterisk marks a case that was set aside.", "", "## Set aside", "", ", ".join(aside), ""]
    if a.write:
        a.write.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
