"""Both databases for tests: `database` runs a test once on SQLite and once on PostgreSQL.

PostgreSQL refuses to run as root and is installed by `make test` only where root can; where it cannot run, its tests
are skipped loudly, and fail where everything must run.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from chatbot.storage.database import Database

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/bin", "/usr/local/pgsql/bin")
OWNER = "tester"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=16MB", "listen_addresses=")
TEMPLATE = "template_of_tests"

_numbers = itertools.count(1)


def postgres_programs() -> Path | None:
    """Return the newest folder that holds PostgreSQL's programs."""
    folders = [folder for place in PLACES for folder in sorted(Path("/").glob(place[1:]), reverse=True)]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def unprivileged() -> dict[str, Any]:
    """Return what runs a program as somebody who is not root; nothing to do for everybody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.fail("there is no user postgres or nobody to run PostgreSQL as")


def cannot(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}: the tests on PostgreSQL cannot run")
    pytest.skip(f"{reason}: THE TESTS ON POSTGRESQL DID NOT RUN")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Run a cluster of its own for this session on a socket in a folder of its own; yields that folder."""
    programs = postgres_programs()
    if programs is None:
        cannot("PostgreSQL is not installed")
        return
    # Not pytest's own folder: another user cannot enter it. A socket's address must be short, too.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    identity = unprivileged()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    quiet: dict[str, Any] = {"env": environment, "cwd": folder, "stdout": subprocess.DEVNULL, **identity}
    options = " ".join([f"-k {folder}", *(f"-c {option}" for option in QUICK)])
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=False,
        stderr=subprocess.PIPE,
        text=True,
        **quiet,
    )
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        cannot(f"PostgreSQL could not be set up ({made.stderr.strip()})")
    control = [programs / "pg_ctl", "-D", folder / "data", "-w", "-t", "30", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, **quiet)
    template = Database(postgres_address(folder, "postgres"), folder)
    template.upgrade()
    template.close()
    with psycopg.connect(f"host={folder} user={OWNER} dbname=template1", autocommit=True) as line:
        line.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE postgres")
    yield str(folder)
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)
    shutil.rmtree(folder, ignore_errors=True)


def postgres_address(folder: str | Path, name: str) -> str:
    return f"postgresql://{OWNER}@/{name}?host={folder}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an up-to-date empty database once, to be copied for every test."""
    folder = tmp_path_factory.mktemp("template")
    made = Database("", folder)
    made.upgrade()
    made.close()
    return folder / "chatbot.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, up-to-date database, as CHATBOT_DATABASE_URL would say it."""
    if request.param == "sqlite":
        (tmp_path / "instance").mkdir(mode=0o700, exist_ok=True)
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "instance" / "chatbot.db")
        yield f"sqlite:///{tmp_path / 'instance' / 'chatbot.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"test_{next(_numbers)}"
    with psycopg.connect(f"host={server} user={OWNER} dbname=template1", autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        yield postgres_address(server, name)
        line.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(database_address: str, tmp_path: Path) -> Iterator[Database]:
    """An empty database, ready to be used, on each of the two kinds."""
    opened = Database(database_address, tmp_path / "instance")
    yield opened
    opened.close()
