"""One message read as orders, where it is nothing but orders and leaves no doubt."""

import re
from dataclasses import replace

from dayloom.language.commands.naming import Offered, is_pointing, named, numbers_in
from dayloom.language.commands.order import Op, Order, Said, Unclear
from dayloom.language.commands.phrases import (
    CREATE,
    EXPLAIN,
    MOVE,
    NAMED,
    NO_TASK,
    PLACE,
    PLAN,
    POLITE,
    REASON,
    REFUSAL,
    SCOPES,
    TAIL,
    VERBS,
    WHEN,
)

LONGEST = 400
MOST = 3
BY_RUNNING = (Op.STOP, Op.COMPLETE)


def read_orders(message: str, offered: Offered) -> Said | None:
    """Return what is ordered; None for everything that is no plain order."""
    if len(message) > LONGEST or "\n" in message.strip():
        return None
    parts = [part for part in message.split(";") if part.strip()]
    if not 1 < len(parts) <= MOST:
        return _read(message, offered)
    several = [_read(part, offered) for part in parts]
    orders = [one for said in several if isinstance(said, tuple) for one in said]
    whole = all(isinstance(said, tuple) for said in several)
    return tuple(orders) if whole and len(orders) <= MOST else None


def _read(message: str, offered: Offered) -> Said | None:
    words = " ".join(message.replace("’", "'").split())
    bare = TAIL.sub("", POLITE.sub("", words, count=1))
    if not bare:
        return None
    asks = is_question(words)
    return (
        _listing(bare)
        or (None if asks else _planning(bare))
        or _weighing(bare, offered)
        or _explaining(bare, offered)
        or (None if asks else _creating(bare))
        or (None if asks or is_denied(bare) else _changing(bare, offered))
    )


def is_question(message: str) -> bool:
    """Tell whether a message asks, and is no order in the form of a question."""
    words = message.strip()
    return words.endswith("?") and POLITE.sub("", words, count=1) == words


def ordered_in(message: str) -> frozenset[Op]:
    """Return which orders the verbs of a free sentence may mean."""
    return frozenset(op for op, verbs in VERBS.items() if verbs.search(message))


def is_denied(message: str) -> bool:
    """Tell whether a message says what not to do, or only what may be."""
    return REFUSAL.search(message) is not None


def _listing(words: str) -> Said | None:
    for scope, form in SCOPES:
        if form.fullmatch(words):
            return (Order(op=Op.LIST, scope=scope),)
    return None


def _planning(words: str) -> Said | None:
    return (Order(op=Op.PLAN),) if PLAN.fullmatch(words) else None


def _creating(words: str) -> Said | None:
    for form in CREATE:
        found = form.fullmatch(words)
        if found is None or NO_TASK.fullmatch(found["text"]):
            continue
        text = f"{found['text']} {found['sort'] or ''}".strip(" ,")
        return (Order(op=Op.CREATE, text=text[0].upper() + text[1:]),)
    return None


def _changing(words: str, offered: Offered) -> Said | None:
    if (moved := _moving(words, offered)) is not None:
        return moved
    unclear = None
    for op, forms in NAMED.items():
        for form in forms:
            if (found := form.fullmatch(words)) is None:
                continue
            said = _named(op, found["name"].strip(), offered)
            if not isinstance(said, Unclear) or said.candidates:
                return said
            unclear = unclear or said
    return unclear


def _named(op: Op, name: str, offered: Offered) -> Said:
    """Return the order about the task of that name, or that it is not clear which."""
    numbers = numbers_in(REASON.sub("", name.casefold()))
    if numbers and len(numbers) <= MOST:
        return tuple(Order(op=op, task_id=number) for number in dict.fromkeys(numbers))
    found: tuple[int, ...]
    if is_pointing(name.casefold()):
        meant = offered.running if op in BY_RUNNING else offered.focus
        meant = meant or (offered.focus if name else None)
        found = (meant,) if meant is not None else ()
    else:
        found = named(name, offered.tasks)
    if len(found) == 1:
        return (Order(op=op, task_id=found[0]),)
    return Unclear(op=op, named=name, candidates=found)


def _moving(words: str, offered: Offered) -> Said | None:
    """Read "move the report to tomorrow 14:00": the first cut that leaves a task counts."""
    found = MOVE.fullmatch(words)
    if found is None:
        return None
    unclear: Said | None = None
    for cut in WHEN.finditer(found["rest"]):
        name, when = found["rest"][: cut.start()], found["rest"][cut.end() :]
        said = _named(Op.MOVE, name, offered)
        if isinstance(said, Unclear):
            unclear = unclear or Unclear(
                op=Op.MOVE, named=said.named, candidates=said.candidates, when_text=when
            )
        else:
            return tuple(
                Order(op=Op.MOVE, task_id=order.task_id, when_text=when) for order in said
            )
    return unclear


def _weighing(words: str, offered: Offered) -> Said | None:
    """Read "why is the report not at 14:00?" and "could it be tomorrow at 9?"."""
    for form in PLACE:
        if (found := form.fullmatch(words)) is None:
            continue
        when = found["when"].strip(" ,")
        said = _named(Op.EXPLAIN, found["name"], offered)
        if not isinstance(said, Unclear):
            return tuple(replace(order, when_text=when) for order in said)
        if said.candidates:
            return replace(said, when_text=when)
    return None


def _explaining(words: str, offered: Offered) -> Said | None:
    """Read "why is the report on Thursday?": the longest beginning that names one task."""
    found = EXPLAIN.fullmatch(words)
    if found is None:
        return None
    parts = re.sub(r"^(?:not|so) ", "", found["rest"]).split()
    for length in range(len(parts), 0, -1):
        said = _named(Op.EXPLAIN, " ".join(parts[:length]), offered)
        if not isinstance(said, Unclear) or said.candidates:
            return said
    return None
