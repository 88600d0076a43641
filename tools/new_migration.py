"""Write the migration from the tables as they are to the models: `make migration m="…"`."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dayloom.bootstrap import TABLES
from dayloom.infra.db import Row
from dayloom.infra.migrate import upgrade, write_revision


def main(message: str) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.db"
        upgrade(url, backups=Path(folder))
        print(
            f"{len(TABLES)} modules of tables; written:",
            write_revision(url, Row.metadata, message),
        )


if __name__ == "__main__":
    main(sys.argv[1])
