"""`dayloom chat`: say something, and read the answer."""

import asyncio
from datetime import timedelta
from typing import Annotated

import typer

from dayloom.bootstrap import Container, Services
from dayloom.chat.models import MessageState
from dayloom.cli.output import BAD, FAINT, GOOD, Json, console, line, print_json
from dayloom.cli.session import run
from dayloom.cli.working import remind_of_worker
from dayloom.wire.chat import MessageShown, SaidShown, show_message

app = typer.Typer(add_completion=False)
PATIENCE = timedelta(seconds=120)
WAITING = (MessageState.WAITING, MessageState.STREAMING)
MARKS = {"done": ("✓", GOOD), "refused": ("✗", BAD), "proposed": ("?", BAD)}


@app.command(
    epilog='For example: dayloom chat "Start task 5", or dayloom chat "What tasks do I have?"'
)
def chat(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="What you say.")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to what the answer proposes.")] = False,
    as_json: Json = False,
) -> None:
    """Say something in plain words: orders are carried out, questions answered.

    Deletions, and several changes at once, are proposed first; --yes agrees to them.
    """
    said = run(lambda container: _say(container, " ".join(words or []), agree=yes))
    if as_json:
        print_json(said)
    else:
        _print(said.answer)
    if said.answer.state in WAITING:
        remind_of_worker("the model has not answered yet")


async def _say(container: Container, text: str, *, agree: bool) -> SaidShown:
    def send(s: Services) -> SaidShown:
        message = s.chat.send(text)
        answer = s.chat.answer_to(message.id)
        return SaidShown(message=show_message(message), answer=show_message(answer))

    said = await container.write(send)
    answer = await _answered(container, said)
    if agree and answer.proposed:
        answer = await container.write(lambda s: show_message(s.chat.consent(answer.id)))
    return said.model_copy(update={"answer": answer})


async def _answered(container: Container, said: SaidShown) -> MessageShown:
    """Return the answer once it is whole or has broken off, or as it is after a while."""
    changed = asyncio.Event()
    unwatch = container.db.watch(changed.set)
    answer = said.answer
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            while answer.state in WAITING:
                await changed.wait()
                changed.clear()
                answer = await container.read(
                    lambda s: show_message(s.chat.answer_to(said.message.id))
                )
    except TimeoutError:
        return answer
    finally:
        unwatch()
    return answer


def _print(answer: MessageShown) -> None:
    out = console()
    if answer.text:
        out.print(answer.text)
    for command in answer.commands:
        mark, style = MARKS.get(command.state.value, ("·", FAINT))
        out.print(line((f"{mark} ", style), command.sentence))
    if answer.proposed:
        out.print(line(("Say it again with --yes to agree.", FAINT)))
    if answer.note:
        out.print(line((answer.note, FAINT)))
