"""The tree of commands. Each is loaded when it is called, so that the first word comes fast."""

import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from dayloom.infra.errors import DayloomError

EXIT_CODES = {"invalid": 1, "not_found": 3, "conflict": 4, "unavailable": 5}
INTERNAL = 70  # EX_SOFTWARE of sysexits
EPILOG = (
    "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 not found, 4 in conflict with the present "
    "state, 5 something outside does not answer, 70 a mistake of Dayloom itself."
)


class Lazy(NamedTuple):
    """Where a command is, and what it does in a line."""

    module: str
    help: str


COMMANDS = {
    "serve": Lazy("serve", "Serve pages and REST, with a worker beside them."),
    "worker": Lazy("worker", "Run a worker alone."),
    "add": Lazy("add", "Add tasks, one a line, in plain words."),
    "list": Lazy("listing", "List tasks."),
    "plan": Lazy("plan", "Show the plan; accept, reject, undo or ask anew."),
    "why": Lazy("why", "Say why a task lies there, or what another place would cost."),
    "repair": Lazy("repair", "Help a task that is late or has no place, as “why” offers."),
    "what-if": Lazy("what_if", "Suppose something, compare, keep it or throw it away."),
    "start": Lazy("track:start", "Start working on a task."),
    "stop": Lazy("track:stop", "Stop working on a task."),
    "done": Lazy("track:done", "Finish a task."),
    "later": Lazy("later", "Put a task off to a later day."),
    "history": Lazy("insights:history", "Show planned and worked time by day."),
    "insights": Lazy("insights:insights", "Say what the last days tell."),
    "changes": Lazy("changes:changes", "List what was changed, wherever it was done."),
    "undo": Lazy("changes:undo", "Take back the last change, or another."),
    "chat": Lazy("chat", "Give plain orders, and ask about your tasks."),
    "prioritize": Lazy("prioritize", "Have all open tasks ranked anew."),
    "calendar": Lazy("calendar", "Add, list, refresh and remove calendars."),
    "evaluate": Lazy("evaluate", "Measure what is understood, by rules and by a model."),
    "rules": Lazy("rules", "List, add, switch and remove the rules in the context."),
    "replay": Lazy("replay", "Solve a stored problem again."),
    "config": Lazy("config", "Show and check the settings."),
    "health": Lazy("health", "Ask a running Dayloom whether all is well."),
}


class LazyGroup(TyperGroup):
    """Knows its commands by name, and says in one sentence what goes wrong in them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].module.partition(":")
        found = getattr(import_module(f"dayloom.cli.{module}"), name or "app")
        found.rich_markup_mode = None  # help without boxes, as that of the whole
        command = typer.main.get_command(found)
        command.name = cmd_name
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """List the commands without loading them."""
        shown = TyperGroup(
            name=self.name,
            help=self.help,
            epilog=self.epilog,
            params=self.params,
            rich_markup_mode=None,
            commands=[TyperCommand(name, help=lazy.help) for name, lazy in COMMANDS.items()],
        )
        shown.format_help(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except DayloomError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(EXIT_CODES.get(error.code, 1)) from error


app = typer.Typer(
    name="dayloom",
    cls=LazyGroup,
    help="Plans your days: tasks in plain words in, a plan that holds out.",
    epilog=EPILOG,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: object) -> None:
    if wanted:
        typer.echo(f"Dayloom {version('dayloom')}")
        raise typer.Exit


@app.callback()
def root(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and end."
        ),
    ] = False,
) -> None:
    """Hold the commands together."""


def main() -> None:
    """Run the command line, and say in one sentence even what nobody expected."""
    try:
        app()
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001 — the outermost edge
        told = (str(error).splitlines() or [""])[0]
        typer.echo(f"Dayloom has made a mistake: {type(error).__name__}: {told}", err=True)
        sys.exit(INTERNAL)
