"""New databases as the migrations make them; in a process of tests, these run once."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dayloom.bootstrap import Container, bootstrap
from dayloom.infra.clock import Clock
from dayloom.infra.engines import parse_url
from dayloom.infra.migrate import upgrade
from dayloom.infra.settings import Settings


def new_container(settings: Settings, *, clock: Clock) -> Container:
    """Return what `bootstrap` makes over a new database."""
    lay_database(settings)
    return bootstrap(settings, clock=clock)


def lay_database(settings: Settings) -> None:
    """Put an empty database, already up to date, where the product would make one."""
    file = Path(str(parse_url(settings.database_url).database))
    if not file.exists():
        file.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    """Return the bytes of a database that all migrations have made and nobody has used."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "dayloom.db")
        upgrade(f"sqlite:///{file}", backups=file.parent)
        return file.read_bytes()
