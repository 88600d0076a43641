"""What a conversation shows: who said what, what was done about it, and what can be decided."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dayloom.bootstrap import Services
from dayloom.chat.models import ChatMessage, CommandState, MessageState, Role
from dayloom.web.words import Words

EXAMPLES = (
    "Create high priority task to fix login bug",
    "What tasks do I have?",
    "Start task 5",
    "Complete the login bug task",
)
TELLING = ("list", "explain")
NUMBERED = re.compile(r"#([0-9]{1,9})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of text; with an `url` it leads to the task that it names."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of an answer, and what became of it."""

    state: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    id: int
    role: str
    state: str
    says: Sequence[Sequence[Part]]
    steps: Sequence[Step]
    note: str
    at: str
    can_agree: bool
    can_undo: bool
    can_retry: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatView:
    """`newest` is the last message that is shown, 0 for none."""

    messages: Sequence[MessageView]
    newest: int
    examples: Sequence[str]
    source: str
    typed: str
    complaint: str


def view_chat(s: Services, *, typed: str, complaint: str) -> ChatView:
    """Return the conversation, with what was `typed` where it could not be sent."""
    rows = s.chat.messages()
    words = Words.of(s.preferences.require(), s.now)
    titles = s.tasks.titles(_mentioned(rows))
    newest = rows[-1].id if rows else 0
    return ChatView(
        messages=[_message(row, words, titles, newest=newest) for row in rows],
        newest=newest,
        examples=EXAMPLES,
        source="Rules, and your model" if s.has_model else "Rules only",
        typed=typed,
        complaint=complaint,
    )


def _message(
    row: ChatMessage, words: Words, titles: Mapping[int, str], *, newest: int
) -> MessageView:
    told = [str(one["sentence"]) for one in row.commands if _tells(one)]
    return MessageView(
        id=row.id,
        role=row.role.value,
        state=row.state.value,
        says=[_parts(row, said, titles) for said in (row.text, *told) if said],
        steps=[_step(command, titles) for command in row.commands if not _tells(command)],
        note=row.note,
        at=words.clock.moment(row.created_at),
        can_agree=row.proposed,
        can_undo=row.undoable,
        can_retry=row.state is MessageState.BROKEN and row.id == newest,
    )


def _tells(command: Mapping[str, object]) -> bool:
    """Tell whether a command has only told something, which is part of what is said."""
    return command["state"] == CommandState.DONE and command["op"] in TELLING


def _parts(row: ChatMessage, text: str, titles: Mapping[int, str]) -> list[Part]:
    """Return a text; in answers, the numbers of tasks lead to them."""
    if row.role is Role.PERSON:
        return [Part(text=text)]
    parts, at = [], 0
    for found in NUMBERED.finditer(text):
        if int(found[1]) in titles:
            parts.append(Part(text=text[at : found.start()]))
            parts.append(Part(text=found[0], url=f"/tasks/{int(found[1])}"))
            at = found.end()
    return [part for part in (*parts, Part(text=text[at:])) if part.text]


def _step(command: Mapping[str, object], titles: Mapping[int, str]) -> Step:
    task_id = command.get("task_id")
    known = isinstance(task_id, int) and task_id in titles
    return Step(
        state=str(command["state"]),
        sentence=str(command["sentence"]),
        url=f"/tasks/{task_id}" if known else "",
    )


def _mentioned(rows: Sequence[ChatMessage]) -> set[int]:
    """Return the numbers in answers that may be tasks."""
    answers = [row for row in rows if row.role is Role.ASSISTANT]
    texts = [row.text for row in answers]
    texts += [str(command["sentence"]) for row in answers for command in row.commands]
    said = {int(found[1]) for text in texts for found in NUMBERED.finditer(text)}
    ordered = {command["task_id"] for row in answers for command in row.commands}
    return said | {one for one in ordered if isinstance(one, int)}
