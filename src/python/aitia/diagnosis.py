"""The diagnosis of a run as an object: `aitia.diagnose(path)`."""

from __future__ import annotations

import html
import json
import os
import subprocess
from dataclasses import dataclass, field
from typing import Any

from aitia.command import java


class NotDiagnosed(Exception):
    """There was nothing to diagnose, or nothing to diagnose with; the text says which."""


@dataclass(frozen=True)
class Cause:
    """A cause that the run's evidence speaks for."""

    id: str
    name: str
    probability: float
    family: str
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Diagnosis:
    """What Aitia says of a run. `data` is all of it, as `diagnosis/1` has it."""

    data: dict[str, Any]

    @property
    def verdict(self) -> str:
        """`faulty`, `healthy` or `undecided`."""
        return self.data["verdict"]

    @property
    def summary(self) -> str:
        """The verdict in a sentence."""
        return self.data.get("summary", "")

    @property
    def causes(self) -> list[Cause]:
        """The suspects, the likeliest first; under `undecided` they are no more than that."""
        return [
            Cause(
                c["id"],
                c["name"],
                c["probability"],
                c.get("family", ""),
                [r.get("text", "") for r in c.get("for", [])],
                [r.get("text", "") for r in c.get("against", [])],
            )
            for c in self.data["causes"]
        ]

    @property
    def symptoms(self) -> list[str]:
        """What was noticed."""
        return [s.get("text", s["id"]) for s in self.data.get("symptoms", [])]

    @property
    def actions(self) -> list[str]:
        """What to do next."""
        return [a.get("text", a["id"]) for a in self.data.get("actions", [])]

    @property
    def table(self) -> list[dict[str, Any]]:
        """A row a cause, as `pandas.DataFrame(diagnosis.table)` takes them."""
        return [{"cause": c.id, "name": c.name, "probability": c.probability, "because": "; ".join(c.reasons)} for c in self.causes]

    def __str__(self) -> str:
        lines = [f"{self.verdict}: {self.summary}"]
        lines += [f"  {c.probability:4.0%}  {c.name} ({c.id})" for c in self.causes]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        say = html.escape
        rows = "".join(
            f"<tr><td style='text-align:right'>{c.probability:.0%}</td><td style='text-align:left'><b>{say(c.name)}</b> <code>{say(c.id)}"
            f"</code></td><td style='text-align:left'>{'<br>'.join(map(say, c.reasons))}</td></tr>"
            for c in self.causes
        )
        head = "<tr><th></th><th style='text-align:left'>cause</th><th style='text-align:left'>because</th></tr>"
        steps = "".join(f"<li>{say(a)}</li>" for a in self.actions[:3])
        return (
            f"<p><b>{say(self.verdict.capitalize())}</b> {say(self.summary)}</p>"
            + (f"<table>{head}{rows}</table>" if rows else "")
            + (f"<ol>{steps}</ol>" if steps else "")
        )


def diagnose(path: str | os.PathLike[str], *, language: str | None = None) -> Diagnosis:
    """Diagnoses a run: the folder of `aitia record`, a record, logs, whatever the command `aitia diagnose` reads.

    `language` is `en` or `zh`. NotDiagnosed when nothing there can be read.
    """
    options = ["--lang", language] if language else []
    try:
        command = [*java.command(), "diagnose", "--format", "jsonl", *options, os.fspath(path)]
    except java.NotFound as e:
        raise NotDiagnosed(str(e)) from e
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise NotDiagnosed(done.stderr.strip() or f"aitia diagnose ended with {done.returncode}")
    return Diagnosis(json.loads(lines[0]))
