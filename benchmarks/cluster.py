"""`make cluster`: processes behind the shipped nginx on loopback, asked while they restart and their corpus changes.

Starts what a larger site has: Redis for the rate limit, PostgreSQL for staff's data, gunicorn processes on ports of
their own behind deploy/nginx.conf, and OpenSearch where --opensearch names one. What is missing is said.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.clients import ASKED_AGAIN, Clients
from benchmarks.corpora import SHIPPED
from benchmarks.front_server import Front
from benchmarks.served import OURS, free_port, load, read_load, start_gunicorn, start_load

PROCESSES = (1, 2, 4)
RESTART_SECONDS = 15
# of load for each process that is restarted
EVERYWHERE_WITHIN_SECONDS = 30.0


@dataclass
class Cluster:
    """What runs, and how to reach it."""

    folder: Path
    settings: dict[str, str]
    ports: list[int]
    front: Front
    # nginx
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start every gunicorn."""
        self.processes = [start_gunicorn(OURS, port, "/healthz", self.settings) for port in self.ports]

    def restart(self, number: int) -> None:
        """Stop one gunicorn as a service manager does, and start it anew."""
        self.processes[number].terminate()
        self.processes[number].wait(timeout=60)
        self.processes[number] = start_gunicorn(OURS, self.ports[number], "/healthz", self.settings)

    def stop(self) -> None:
        """Stop every gunicorn."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=60)

    def versions(self) -> set[str]:
        """Return the corpus versions that the processes serve."""
        found = set()
        for port in self.ports:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as reply:
                found.add(str(json.load(reply)["corpus_version"]))
        return found


def main() -> int:
    """Start everything, show the figures, stop everything; 1 when a request failed."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(SHIPPED, folder / "corpus")
        ports = [free_port() for _ in range(max(PROCESSES))]
        settings = _settings(folder, wanted.opensearch, stack)
        cluster = Cluster(folder, settings, ports, Front(folder, free_port()))
        stack.callback(cluster.stop)
        cluster.start()
        stack.enter_context(cluster.front.running(ports))
        failed = _requests_per_second(cluster, wanted.seconds)
        cluster.front.use(ports)
        failed += _rolling_restart(cluster) + _announced_restart(cluster)
        _corpus_change(cluster)
        if wanted.kill:
            failed += _killed_node(cluster, wanted.kill)
    return 1 if failed else 0


def _settings(folder: Path, opensearch: str, stack: contextlib.ExitStack) -> dict[str, str]:
    settings = {
        "CHATBOT_CORPUS": str(folder / "corpus"),
        "CHATBOT_RATE_LIMIT": "999999/minute",
        "CHATBOT_SECRET_KEY": "only-for-this-run-" + "x" * 32,
        "CHATBOT_TRUSTED_PROXIES": "1",
    }
    if redis := shutil.which("redis-server") or shutil.which("valkey-server"):
        settings["CHATBOT_RATE_LIMIT_STORAGE"] = stack.enter_context(_redis(redis, folder))
    else:
        print("neither Redis nor Valkey is installed: each process counts for itself", file=sys.stderr)
    if programs := sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        settings["CHATBOT_DATABASE_URL"] = stack.enter_context(_postgresql(programs[-1], folder))
    else:
        print("PostgreSQL is not installed: staff's data goes to SQLite", file=sys.stderr)
        settings["CHATBOT_DATABASE_URL"] = f"sqlite:///{folder}/staff.db"
    if opensearch:
        settings |= {"CHATBOT_ENGINE": "opensearch", "CHATBOT_OPENSEARCH_URL": opensearch}
    environment = {"PATH": os.environ["PATH"], **settings}
    subprocess.run([sys.executable, "-m", "flask", "database", "upgrade"], env=environment, check=True)
    return settings


@contextlib.contextmanager
def _running(command: Sequence[str], ready: Sequence[str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if subprocess.run(ready, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"{command[0]} did not start")
        yield
    finally:
        # Not SIGINT, which a process ignores whose shell sent this benchmark into the background.
        process.terminate()
        process.wait(timeout=30)


@contextlib.contextmanager
def _redis(program: str, folder: Path) -> Iterator[str]:
    port = str(free_port())
    command = [program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with _running(command, ["bash", "-c", f"echo > /dev/tcp/127.0.0.1/{port}"]):
        yield f"redis://127.0.0.1:{port}"


@contextlib.contextmanager
def _postgresql(programs: Path, folder: Path) -> Iterator[str]:
    port, data = str(free_port()), folder / "postgresql"
    # PostgreSQL refuses to run as root.
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    data.mkdir(mode=0o700)
    if other:
        shutil.chown(data, "postgres")
    subprocess.run(
        [*other, str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "chatbot"],
        check=True,
        capture_output=True,
    )
    server = [*other, str(programs / "postgres"), "-D", str(data), "-p", port, "-h", "127.0.0.1", "-k", str(data)]
    with _running(server, [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", port]):
        yield f"postgresql://chatbot@127.0.0.1:{port}/postgres"


def _requests_per_second(cluster: Cluster, seconds: int) -> int:
    failed = 0
    for count in PROCESSES:
        cluster.front.use(cluster.ports[:count])
        before = _cpu_seconds(cluster)
        seen = load(cluster.front.url, seconds)
        spent = _cpu_seconds(cluster) - before
        served = seen.requests_per_second * seconds
        print(
            f"{count} processes: {seen.requests_per_second:.0f} requests/s, p99 {seen.p99_ms:.0f} ms, "
            f"{seen.failed} failed, {1000 * spent / served:.2f} ms of CPU a request",
            flush=True,
        )
        failed += seen.failed
    return failed


def _cpu_seconds(cluster: Cluster) -> float:
    """Return the processor time that all workers have used."""
    ticks = 0
    for process in cluster.processes:
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            user, system = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]
            ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


def _rolling_restart(cluster: Cluster) -> int:
    """Restart one process after the other, as a service manager does; nginx is told nothing and asks the others."""
    before = cluster.front.statuses()
    wrk = start_load(cluster.front.url, RESTART_SECONDS * len(cluster.ports))
    for number in range(len(cluster.ports)):
        cluster.restart(number)
    ended_in_time = wrk.poll() is None
    seen = read_load(wrk)
    under_load = "" if ended_in_time else " (the load ended before the last one was up)"
    answered = cluster.front.statuses() - before
    print(f"rolling restart: {len(cluster.ports)} processes, {seen.failed} of {answered.total()} failed{under_load}")
    if seen.failed:
        print(f"   {seen.how}; nginx answered {dict(answered)} and wrote down:")
        print(*cluster.front.errors(), sep="\n", flush=True)
    return seen.failed


def _announced_restart(cluster: Cluster) -> int:
    """Do the same, but let nginx hand nothing to a process before it is stopped.

    For that nginx is read its configuration anew, and its old workers close each visitor's connection in between two
    questions, some of them just as one is on its way: wrk counts that as lost, a browser asks again.
    """
    before = cluster.front.statuses()
    with Clients(cluster.front.port) as clients:
        for number, port in enumerate(cluster.ports):
            cluster.front.use([other for other in cluster.ports if other != port])
            cluster.restart(number)
        cluster.front.use(cluster.ports)
    answered = cluster.front.statuses() - before
    print(
        f"rolling restart, nginx told of each: {clients.failed} of {clients.count_of_all} failed, "
        f"{clients.asked[ASKED_AGAIN]} asked again; nginx answered {dict(answered)}",
        flush=True,
    )
    if clients.failed:
        print(f"   {dict(clients.asked)}", *cluster.front.errors(), sep="\n", flush=True)
    return clients.failed


def _corpus_change(cluster: Cluster) -> None:
    (before,) = cluster.versions()
    article = cluster.folder / "corpus" / "articles" / "sciatica.md"
    fresh = article.with_name(".fresh")
    fresh.write_text(
        article.read_text("utf-8").replace("leg pain", "pain in the leg", 1) + "\nA sentence more.\n", "utf-8"
    )
    fresh.replace(article)
    changed = time.monotonic()
    while time.monotonic() < changed + EVERYWHERE_WITHIN_SECONDS:
        now = cluster.versions()
        if len(now) == 1 and before not in now:
            print(f"corpus change: in all processes after {time.monotonic() - changed:.1f} s", flush=True)
            return
    print("corpus change: not in all processes", flush=True)


def _killed_node(cluster: Cluster, process: int) -> int:
    """Kill an OpenSearch node while it is asked, and say what visitors saw of it."""
    wrk = start_load(cluster.front.url, 16)
    time.sleep(5)
    os.kill(process, signal.SIGKILL)
    seen = read_load(wrk)
    print(f"OpenSearch node killed: {seen.failed} requests failed of {16 * seen.requests_per_second:.0f}", flush=True)
    for port in cluster.ports:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as reply:
            counted = [line for line in reply.read().decode().splitlines() if line.startswith("chatbot_searches_total")]
        print("   " + ", ".join(counted))
    return seen.failed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--seconds", type=int, default=6, help="of load for each number of processes")
    parser.add_argument("--opensearch", default="", metavar="URL", help="addresses of its nodes, with commas between")
    parser.add_argument("--kill", type=int, metavar="PID", help="of an OpenSearch node that is killed under load")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
