"""Migrations: all or nothing, one process at a time, never backwards, never without a copy."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlalchemy.exc import OperationalError

from dayloom import bootstrap
from dayloom.infra import migrate
from dayloom.infra.db import Row
from dayloom.infra.errors import Conflict
from tests.infra.crew import ROOT

FIRST = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0001", None
def upgrade() -> None:
    op.create_table("people", sa.Column("id", sa.Integer(), primary_key=True))
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade() -> None:
    op.create_table("places", sa.Column("id", sa.Integer(), primary_key=True))
    {more}
"""


class History:
    """A folder of migrations of this test's own, and a database that they make."""

    def __init__(self, folder: Path) -> None:
        self.scripts = folder / "migrations"
        self.file = folder / "data" / "x.db"
        self.backups = folder / "backups"
        shutil.copytree(migrate.SCRIPTS, self.scripts, ignore=shutil.ignore_patterns("0*"))

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    def write(self, number: str, text: str) -> None:
        (self.scripts / "versions").mkdir(exist_ok=True)
        (self.scripts / "versions" / f"{number}.py").write_text(text)

    def upgrade(self) -> None:
        migrate.upgrade(self.url, backups=self.backups)

    def query(self, statement: str) -> list[str]:
        with closing(sqlite3.connect(self.file)) as connection:
            return [str(row[0]) for row in connection.execute(statement)]

    def tables(self) -> list[str]:
        return self.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    made = History(tmp_path)
    monkeypatch.setattr(migrate, "SCRIPTS", made.scripts)
    made.write("0001", FIRST)
    return made


class TestUpgrade:
    def test_a_new_database_gets_all_tables_and_needs_no_copy(self, history: History) -> None:
        history.upgrade()
        history.upgrade()
        assert history.tables() == ["alembic_version", "people"]
        assert not history.backups.exists()

    def test_an_older_database_is_copied_before_it_is_changed(self, history: History) -> None:
        history.upgrade()
        history.write("0002", SECOND.format(more=""))
        history.upgrade()
        assert history.tables() == ["alembic_version", "people", "places"]
        copy = history.backups / "before-0002.db"
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
                "0001",
            )

    def test_three_copies_are_kept(self, history: History) -> None:
        history.upgrade()
        for number in range(2, 8):
            text = FIRST.replace("people", f"t{number}").replace(
                '"0001", None', f'"{number:04}", "{number - 1:04}"'
            )
            history.write(f"{number:04}", text)
            history.upgrade()
        kept = sorted(path.name for path in history.backups.iterdir())
        assert kept == ["before-0005.db", "before-0006.db", "before-0007.db"]

    def test_a_migration_that_fails_half_way_changes_nothing(self, history: History) -> None:
        history.upgrade()
        history.write("0002", SECOND.format(more='op.execute("nonsense")'))
        with pytest.raises(OperationalError):
            history.upgrade()
        assert history.tables() == ["alembic_version", "people"]
        history.write("0002", SECOND.format(more=""))
        history.upgrade()
        assert "places" in history.tables()

    def test_rows_that_would_point_nowhere_are_refused(self, history: History) -> None:
        history.upgrade()
        more = (
            'op.execute("CREATE TABLE pets (owner INTEGER REFERENCES people(id))")\n'
            '    op.execute("INSERT INTO pets VALUES (7)")'
        )
        history.write("0002", SECOND.format(more=more))
        with pytest.raises(Conflict, match="point nowhere"):
            history.upgrade()
        assert history.tables() == ["alembic_version", "people"]

    def test_a_database_of_a_newer_version_is_left_alone(self, history: History) -> None:
        history.write("0002", SECOND.format(more=""))
        history.upgrade()
        (history.scripts / "versions" / "0002.py").unlink()
        with pytest.raises(Conflict, match="newer version of Dayloom"):
            history.upgrade()
        assert "places" in history.tables()

    def test_several_processes_at_once_migrate_once(self, tmp_path: Path) -> None:
        script = (
            "import sys, pathlib; from dayloom.infra.migrate import upgrade\n"
            "upgrade(sys.argv[1], backups=pathlib.Path(sys.argv[2]))\n"
        )
        file = tmp_path / "x.db"
        command = [sys.executable, "-W", "error", "-c", script, f"sqlite:///{file}", str(tmp_path)]
        starts = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
        assert [start.wait() for start in starts] == [0, 0, 0]


class TestModels:
    def test_the_migrations_make_what_the_models_say(self, tmp_path: Path) -> None:
        assert bootstrap.TABLES
        url = f"sqlite:///{tmp_path}/x.db"
        migrate.upgrade(url, backups=tmp_path)
        assert migrate.drift(url, Row.metadata) == []

    def test_a_table_that_no_migration_makes_is_found(self, history: History) -> None:
        history.upgrade()
        models = MetaData()
        Table("people", models, Column("id", Integer, primary_key=True), Column("n", String))
        assert [change[0] for change in migrate.drift(history.url, models)] == ["add_column"]  # type: ignore[index]

    def test_a_revision_written_from_the_models_makes_them(self, history: History) -> None:
        history.upgrade()
        models = MetaData()
        Table("people", models, Column("id", Integer, primary_key=True), Column("n", String))
        written = migrate.write_revision(history.url, models, "names of people")
        assert written.name == "0002_names_of_people.py"
        history.upgrade()
        assert migrate.drift(history.url, models) == []
