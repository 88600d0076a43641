"""What of a model's commands is believed: only what the message says, about tasks it was told of.

A model writes nothing itself. What it would do is checked here, and what the person may not
have meant waits for their click.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dayloom.language.commands import (
    CHANGING,
    Known,
    Op,
    Order,
    is_denied,
    is_question,
    mentioned,
    ordered_in,
)
from dayloom.language.grounding import find_span
from dayloom.language.program.answers import MOST_COMMANDS, ChatAnswer, Command

HARMLESS = frozenset({Op.LIST, Op.EXPLAIN})
PASTED_LINES, PASTED_LENGTH = 3, 400
NOT_SAID = "The model wanted to {what}, in words that you did not write; nothing was done."
NOT_KNOWN = "The model named a task that it was not told of; nothing was done."


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """The orders that may be carried out, and a sentence for each command that may not."""

    orders: tuple[Order, ...]
    refused: tuple[str, ...]


def believe(answer: ChatAnswer, message: str, offered: Mapping[int, str]) -> Believed:
    """Return what the commands amount to; `offered` are the titles of the tasks, by number."""
    orders: list[Order] = []
    refused: list[str] = []
    for command in answer.commands[:MOST_COMMANDS]:
        if command.op not in set(Op):
            continue
        found = _checked(command, Op(command.op), message, offered)
        if isinstance(found, str):
            refused.append(found)
        elif found not in orders:
            orders.append(found)
    return Believed(orders=tuple(orders), refused=tuple(dict.fromkeys(refused)))


def needs_click(orders: Sequence[Order], *, message: str, offered: Sequence[Known]) -> bool:
    """Tell whether a model's orders wait for the person, who may have meant something else.

    At once is done only what the message orders by a verb of its kind, and of a task that it
    speaks of; questions, and words of somebody else, order nothing.
    """
    acting = [order for order in orders if order.op not in HARMLESS]
    if waits(orders) or is_pasted(message):
        return True
    unsaid = [one for one in acting if not _is_meant(one, message, offered)]
    return bool(unsaid) or bool(acting and (is_denied(message) or is_question(message)))


def waits(orders: Sequence[Order]) -> bool:
    """Tell whether orders of anybody wait for a click: a deletion, or several changes at once."""
    changing = [order for order in orders if order.op in CHANGING]
    return len(changing) > 1 or any(order.op is Op.DELETE for order in changing)


def is_pasted(text: str) -> bool:
    """Tell whether a text is likely to hold words of somebody else."""
    return len(text) > PASTED_LENGTH or text.strip().count("\n") >= PASTED_LINES


def _checked(command: Command, op: Op, message: str, offered: Mapping[int, str]) -> Order | str:
    """Return the order, or a sentence that says why it is none."""
    if op in (Op.LIST, Op.PLAN):
        return Order(op=op)
    if op is Op.CREATE:
        text = _copied(command.text, message)
        return Order(op=op, text=text) if text else NOT_SAID.format(what="add a task")
    if command.task_id not in offered:
        return NOT_KNOWN
    when = _copied(command.when_text, message) if op is Op.MOVE else ""
    if op is Op.MOVE and not when:
        return NOT_SAID.format(what="move a task")
    return Order(op=op, task_id=command.task_id, when_text=when)


def _copied(words: str, message: str) -> str:
    """Return the words as they stand in the message, empty where they do not."""
    span = find_span(words, message)
    return " ".join(message[span.start : span.end].split()) if span else ""


def _is_meant(order: Order, message: str, offered: Sequence[Known]) -> bool:
    """Tell whether the message holds a verb of that order, and speaks of its task."""
    if order.op not in ordered_in(message):
        return False
    by_number = re.search(rf"(?<!\d){order.task_id}(?!\d)", message) is not None
    return order.task_id is None or by_number or order.task_id in mentioned(message, offered)
