"""Time and peak memory of one reading by `aitia diagnose`, of a file that is made for it and deleted afterwards."""
import argparse, contextlib, os, pathlib, shutil, subprocess, sys, tempfile, time

HOME = pathlib.Path(__file__).resolve().parents[3]


def options(text, formats, gigabytes=5, heap="512m"):
    """The options of the command; the first format is the default."""
    ap = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gigabytes", type=float, default=gigabytes)
    ap.add_argument("--format", choices=formats, default=formats[0])
    ap.add_argument("--heap", default=heap)
    ap.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()))
    return ap.parse_args()


@contextlib.contextmanager
def room(folder, size):
    """A new folder below the one given, gone at the end; exits when the disk has no room for so many bytes."""
    if shutil.disk_usage(folder).free < 1.2 * size:
        sys.exit(f"{folder} has no room for {size / 1e9:.1f} GB")
    made = pathlib.Path(tempfile.mkdtemp(prefix="reading-", dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def read(folder, heap):
    """Reads a folder; returns "SECONDS s, peak resident MB under -Xmx", of the reading process alone."""
    command = [str(HOME / "aitia"), "diagnose", "--format", "json", str(folder)]
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                               env=dict(os.environ, AITIA_JAVA_OPTIONS=f"-Xmx{heap}"))
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begin
    if status:
        sys.exit(f"exit {os.waitstatus_to_exitcode(status)}: {said[-800:]}")
    return f"{seconds:.0f} s, peak resident {used.ru_maxrss / 1024:.0f} MB under -Xmx{heap}"
