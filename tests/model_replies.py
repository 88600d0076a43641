"""What a model server is asked, and everything that it may answer, good and bad."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.waiting import wait_until

Json = dict[str, Any]
UNOFFERED = 990_001  # the first of the ids that nobody offered
TOKEN = re.compile(r"\s*\S+|\s+\Z")


class Fault(StrEnum):
    """How an answer goes wrong; the first nine are what every caller must survive."""

    RATE_LIMITED = "429"
    RATE_LIMITED_A_SECOND = "429-a-second"
    RATE_LIMITED_AN_HOUR = "429-an-hour"
    SERVER_ERROR = "500"
    HANG = "hang"
    DRIP = "drip"  # bytes without end, and never an answer
    CUT = "cut"  # the connection breaks in the middle
    GARBAGE = "garbage"  # 200, and no JSON
    WRONG_SCHEMA = "wrong-schema"
    HUGE = "huge"  # ten megabytes of text
    OTHER_IDS = "other-ids"  # of the right type, about things that nobody offered
    TRUNCATED = "truncated"  # finish_reason "length"
    UNAUTHORIZED = "401"
    BILLING = "402"
    NO_MODEL = "404"
    ERROR_IN_200 = "error-in-200"
    NO_CHOICES = "no-choices"


class Dialect(StrEnum):
    """Which `response_format` the server takes; the others are refused."""

    JSON_SCHEMA = "json_schema"  # all of them
    JSON_OBJECT = "json_object"
    PLAIN = "plain"  # none


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it arrived; `headers` are in lower case, `body` is empty without JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Json = field(default_factory=dict)

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def key(self) -> str:
        """Return the key that was sent, empty without one."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def streamed(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def format(self) -> str | None:
        """Return the type of the `response_format`, None without one."""
        return (self.body.get("response_format") or {}).get("type")

    @property
    def prompt(self) -> str:
        """Return all the words of all messages."""
        return "\n".join(_words(m.get("content")) for m in self.body.get("messages", []))


class Gate:
    """Holds the pieces of a streamed answer back until the test lets them go."""

    def __init__(self) -> None:
        self.open = 0
        self.sent = 0
        self.left = False  # the client went away before the end

    def let(self, pieces: int = 1) -> None:
        """Let more pieces through, and return when they are on the wire."""
        self.open += pieces
        wait_until(lambda: self.sent >= self.open or self.left, "the pieces are sent")

    def let_all(self) -> None:
        self.open = 1_000_000

    def wait_until_left(self) -> None:
        """Wait until the client has closed the connection."""
        wait_until(lambda: self.left, "the client is gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """An answer: a text, or the fields of an answer, written as the prompt asks for them.

    `pieces` are what is streamed, by default one a word. `cut_after` pieces the connection
    breaks. The price is US dollars; None leaves it out of the answer.
    """

    text: str = ""
    fields: Mapping[str, Any] | None = None
    pieces: Sequence[str] | None = None
    finish: str = "stop"
    tokens_in: int = 100
    tokens_out: int = 20
    cost: float | None = 0.00012
    gate: Gate | None = None
    cut_after: int | None = None


Reply = str | Mapping[str, Any] | Says | Fault
Answerer = Callable[[Asked], Reply]

EMPTY: Mapping[str, Any] = {
    "reading": {},
    "slot": None,
    "reasoning": "",
    "scores": [],
    "rules": [],
    "reply": "Hello.",
    "commands": [],
}  # of the type of every question, and says nothing
UNOFFERED_IDS: Mapping[str, Any] = {
    "reading": {"after_ids": [UNOFFERED, UNOFFERED + 1]},
    "slot": UNOFFERED,
    "reasoning": "It suits the task.",
    "scores": [{"id": UNOFFERED, "priority": 10, "reason": "It matters."}],
    "rules": [],
    "reply": "Done.",
    "commands": [
        {"op": "delete", "task_id": UNOFFERED},
        {"op": "complete", "task_id": UNOFFERED + 1},
        {"op": "start", "task_id": UNOFFERED + 2},
    ],
}
WRONG_TYPES: Mapping[str, Any] = {"weather": [1, 2, {"sunny": None}], "mood": "fine"}


def as_says(reply: str | Mapping[str, Any] | Says) -> Says:
    if isinstance(reply, Says):
        return reply
    return Says(text=reply) if isinstance(reply, str) else Says(fields=reply)


def written(says: Says, asked: Asked) -> str:
    """Return the words of an answer: its text, or its fields in the form that the prompt wants."""
    if says.fields is None:
        return says.text
    if asked.format is None and "[[ ## completed ## ]]" in asked.prompt:
        return _marked(says.fields)
    return json.dumps(says.fields)


def in_pieces(text: str) -> list[str]:
    """Return a text word by word, as models send it."""
    return TOKEN.findall(text)


def _marked(fields: Mapping[str, Any]) -> str:
    parts = [f"[[ ## {name} ## ]]\n{_plain(value)}" for name, value in fields.items()]
    return "\n\n".join([*parts, "[[ ## completed ## ]]"])


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _words(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(str(part.get("text", "")) for part in parts)
