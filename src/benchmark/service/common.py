"""What the commands beside this share: a service of its own, a PostgreSQL of its own, raw requests."""
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
AITIA = HERE.parents[2] / "aitia"
REPORT = (HERE / "report.json").read_bytes()


class Service:
    """A service on a free port; its log is kept beside the data folder, not in it."""

    def __init__(self, data, log, database=None, **settings):
        command = [str(AITIA), "serve", "--port", "0", "--data", str(data)]
        if database:
            command += ["--database", database]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AITIA_") or k == "AITIA_JAVA_OPTIONS"}
        environment.update({"AITIA_" + k.upper(): str(v) for k, v in settings.items()})
        if database:
            environment.update(AITIA_DATABASE_USER="aitia", AITIA_DATABASE_PASSWORD="")
        self.log = pathlib.Path(log)
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=open(log, "ab"), text=True, env=environment)
        found = re.search(r"http://([^:]+):(\d+)", self.process.stdout.readline())
        if not found:
            self.process.wait()
            raise RuntimeError(f"the service did not start ({self.process.returncode}):\n" + self.log.read_text()[-2000:])
        self.host, self.port = found.group(1), int(found.group(2))

    def ask(self, method, path, body=None, source=None, timeout=90, **headers):
        """Status, headers and body; source is the address on the loopback that it comes from."""
        connection = http.client.HTTPConnection(
            self.host, self.port, timeout=timeout, source_address=(source, 0) if source else None)
        try:
            connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def post(self, body=REPORT, type="application/json", **more):
        return self.ask("POST", "/api/v1/diagnoses", body, Content_Type=type, **more)

    def ready(self):
        return self.ask("GET", "/q/health/ready")[0] == 200

    def wait_ready(self, ready, seconds=60):
        end = time.time() + seconds
        while self.ready() != ready:
            if time.time() > end:
                raise RuntimeError(f"not ready={ready} after {seconds} s")
            time.sleep(0.1)

    def ids(self):
        """All diagnoses that are kept."""
        found, path = set(), "/api/v1/diagnoses?limit=100"
        while path:
            status, headers, body = self.ask("GET", path)
            if status != 200:
                raise RuntimeError(body)
            page = json.loads(body)
            found.update(i["id"] for i in page["items"])
            path = f"/api/v1/diagnoses?limit=100&cursor={page['next']}" if "next" in page else None
        return found

    def head(self, path, length, source=None):
        """A socket that has sent the head of a request with a body, and nothing of the body."""
        connection = socket.create_connection((self.host, self.port), 10, source_address=(source, 0) if source else None)
        connection.sendall((f"POST {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nContent-Type: application/json\r\n"
                            f"Content-Length: {length}\r\n\r\n").encode())
        return connection

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


class Postgres:
    """A PostgreSQL of the distribution's packages, with its data in a folder of its own."""

    def __init__(self):
        versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        if not versions:
            sys.exit("no PostgreSQL here (Debian: apt-get install postgresql)")
        self.programs = versions[-1]
        self.folder = tempfile.mkdtemp()
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.run("initdb", "-D", self.folder + "/db", "-U", "aitia", "--auth=trust", "-E", "UTF8", "--no-sync")
        self.run("pg_ctl", "-D", self.folder + "/db", "-w", "-l", self.folder + "/log", "-o",
                 f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}", "start")
        self.run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "aitia", "aitia")
        self.url = f"jdbc:postgresql://127.0.0.1:{self.port}/aitia"

    def run(self, name, *options):
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run(as_postgres + [str(self.programs / name), *options], cwd="/", check=True, stdout=subprocess.DEVNULL)

    def signal(self, which):
        """Sends a signal to the server and to all its children."""
        parent = int(pathlib.Path(self.folder, "db", "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True).stdout
        for pid in [parent] + [int(c) for c in children.split()]:
            os.kill(pid, which)

    def stop(self):
        self.run("pg_ctl", "-D", self.folder + "/db", "-m", "fast", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def kind(body):
    """Last part of a problem's type."""
    try:
        return json.loads(body)["type"].split(":")[-1]
    except (ValueError, KeyError):
        return "no problem: " + repr(body[:60])


def check(holds, what):
    print(("  yes  " if holds else "  NO   ") + what, flush=True)
    if not holds:
        check.failed += 1


check.failed = 0
