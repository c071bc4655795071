"""What a run was made in: the state of the repository, the packages of the interpreter."""

from __future__ import annotations

import os
import subprocess

LISTING = "import importlib.metadata as m; print('\\n'.join(sorted({f'{d.metadata[\"Name\"]}=={d.version}' for d in m.distributions()})))"


def _told(command: list[str], environment: dict[str, str] | None = None) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, env=environment, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def git_state() -> str:
    """Commit, branch and changed files; empty outside of a repository."""
    commit = _told(["git", "rev-parse", "HEAD"])
    if not commit:
        return ""
    branch = _told(["git", "rev-parse", "--abbrev-ref", "HEAD"])
    changed = _told(["git", "status", "--porcelain", "--untracked-files=no"])
    return f"commit {commit}\nbranch {branch}\n" + (f"changed\n{changed}\n" if changed else "nothing changed\n")


def packages(interpreter: str) -> str:
    """The packages of a Python interpreter as `pip freeze` lists them; empty when it is none."""
    if "python" not in os.path.basename(interpreter):
        return ""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AITIA_")}
    listed = _told([interpreter, "-c", LISTING], clean)
    return listed + "\n" if listed else ""
