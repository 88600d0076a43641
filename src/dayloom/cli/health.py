"""`dayloom health`: asks a running Dayloom, for containers and people without curl."""

import json
from http.client import HTTPConnection, HTTPException

import typer

from dayloom.cli.output import GOOD, Json, console, line
from dayloom.infra.errors import Unavailable
from dayloom.infra.settings import load_settings

app = typer.Typer(add_completion=False)
SECONDS = 5


@app.command()
def health(*, as_json: Json = False) -> None:
    """Exit with 0 if the server, its database and a worker are there, else with 5."""
    settings = load_settings()
    found = _ask(settings.host, settings.port)
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    missing = [name for name in ("database", "worker") if not found.get(name)]
    if missing:
        raise Unavailable(f"Dayloom answers, but not its {' and '.join(missing)}.")
    if not as_json:
        console().print(line(("All is well.", GOOD)))


def _ask(host: str, port: int) -> dict[str, bool]:
    connection = HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", "/ready")
        answer = json.loads(connection.getresponse().read(65_536))
    except (OSError, HTTPException, ValueError) as error:
        raise Unavailable(f"Nothing that is Dayloom answers on {host}:{port}.") from error
    finally:
        connection.close()
    return answer if isinstance(answer, dict) else {}
