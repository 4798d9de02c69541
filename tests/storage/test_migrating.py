from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from chatbot.errors import DatabaseUnavailable
from chatbot.storage import accounts, sessions
from chatbot.storage.database import Database
from chatbot.storage.engine import database_url, make_engine
from chatbot.storage.migrating import MIGRATIONS, newest
from chatbot.storage.tables import Base
from tests.databases import postgres_address

OPEN = """
import sys
from pathlib import Path
from chatbot.storage.database import Database

with Database("", Path(sys.argv[1])).reading() as session:
    print("open")
"""


def test_migrations_make_exactly_the_tables_of_the_classes(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_form_one_line_and_are_called_as_their_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert Path(script.path).stem == script.revision


def test_second_upgrade_finds_nothing_to_do(database: Database) -> None:
    assert database.upgrade() is False


def test_sqlite_is_brought_up_to_date_by_its_first_use(tmp_path: Path) -> None:
    database = Database("", tmp_path / "instance")
    with database.reading() as session:
        assert "drafts" in inspect(session.connection()).get_table_names()
    database.close()


def test_postgresql_waits_for_the_command_and_says_so(postgres_server: str, tmp_path: Path) -> None:
    database = Database(postgres_address(postgres_server, "template1"), tmp_path)
    with pytest.raises(DatabaseUnavailable, match="flask database upgrade"), database.reading():
        pass
    assert database.state == "failing"
    database.close()


def test_several_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPEN, str(tmp_path / "instance")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(4)]
    assert [process.communicate(timeout=60)[0] for process in started] == ["open\n"] * 4


def test_migration_that_rebuilds_a_table_deletes_nothing_that_refers_to_it(tmp_path: Path) -> None:
    database = Database("", tmp_path / "instance")
    at = datetime(2026, 11, 27, tzinfo=UTC)
    with database.writing() as session:
        ana = accounts.add(session, "ana", "author", password_hash="x", at=at)
        sessions.begin(session, ana, browser="Test", at=at)
    engine = make_engine(database.url)
    with engine.execution_options(writing=True, migrating=True).begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("accounts", recreate="always") as table:
            table.alter_column("role", new_column_name="rank")
    engine.dispose()
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM staff_sessions")) == 1
    database.close()


def test_several_upgrades_at_once_change_the_tables_once(postgres_server: str, tmp_path: Path) -> None:
    address = postgres_address(postgres_server, "fresh")
    with psycopg.connect(f"host={postgres_server} user=tester dbname=template1", autocommit=True) as line:
        line.execute("CREATE DATABASE fresh TEMPLATE template0")
    databases = [Database(address, tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        changed = list(threads.map(Database.upgrade, databases))
    for each in databases:
        each.close()
    assert sorted(changed) == [False, False, False, True]


def test_publishing_tables_keep_the_drafts_and_reviews_that_are_there(tmp_path: Path) -> None:
    engine = make_engine(database_url("", tmp_path))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    moment = "2026-11-27 09:30:00"
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "v0001_first")
        connection.exec_driver_sql(
            "INSERT INTO drafts VALUES (1,'crps','draft','','md',x'','text','',0,NULL,'',?,?)", (moment, moment)
        )
        connection.exec_driver_sql(f"INSERT INTO reviews VALUES (1,1,'{'0' * 64}',NULL,'approved','','{moment}')")
        command.upgrade(config, "head")
        kept = connection.exec_driver_sql("SELECT editors, (SELECT count(*) FROM reviews) FROM drafts").one()
    engine.dispose()
    assert tuple(kept) == ("", 1)


def test_the_newest_migration_is_the_one_that_alembic_ends_with() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    open_it = (
        "import sys; from pathlib import Path; from chatbot.storage.database import Database\n"
        "with Database('', Path(sys.argv[1])).reading(): print('alembic' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", open_it, str(tmp_path)], check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    ]
    assert said == ["True\n", "False\n"]
