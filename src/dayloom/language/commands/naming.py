"""Which task is meant: by number, by some words of its title, or by a word such as "it"."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dayloom.language.commands.order import Known

FILLERS = frozenset((
    "a", "an", "the", "my", "our", "this", "that", "these", "those", "task", "tasks", "todo",
    "item", "one", "ticket", "entry", "thing", "called", "named", "about", "please", "now",
    "to", "of", "for", "on", "in", "at", "with", "and", "up", "off"
))  # fmt: skip
POINTING = frozenset(("", "it", "that", "this", "this one", "that one", "this task", "that task"))
NUMBER = re.compile(r"(?:the )?(?:task|todo|item|number|no\.?|nr\.?|ticket)?\s*#?\s*([0-9]{1,18})")
SEVERAL = re.compile(r"\s*(?:,\s*and|,|and|&)\s*")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SHORTEST_FUZZY = 4
SHORTEST_TELLING = 3
MANY_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be named: the open tasks, and the one that was spoken of last."""

    tasks: Sequence[Known]
    focus: int | None = None

    @property
    def running(self) -> int | None:
        return next((task.id for task in self.tasks if task.running), None)


def numbers_in(name: str) -> tuple[int, ...]:
    """Return the numbers of "task 5", "#7" or "3, 4 and 5"; nothing if it is more than that."""
    parts = SEVERAL.split(re.sub(r"^tasks\s+", "", name))
    found = [NUMBER.fullmatch(part) for part in parts]
    return tuple(int(one[1]) for one in found if one) if all(found) else ()


def is_pointing(name: str) -> bool:
    """Tell whether the words name nothing by themselves, as "it" does."""
    return name.strip() in POINTING


def named(name: str, tasks: Sequence[Known]) -> tuple[int, ...]:
    """Return the tasks that fit these words best: all words right, else with slips."""
    wanted = _words(name)
    if not wanted:
        return ()
    titles = {task.id: _words(task.title) for task in tasks}
    same = [key for key, words in titles.items() if set(words) == set(wanted)]
    holding = [key for key, words in titles.items() if set(wanted) <= set(words)]
    alike = [key for key, words in titles.items() if all(_like(one, words) for one in wanted)]
    return tuple(same or holding or alike)


def mentioned(message: str, tasks: Sequence[Known]) -> frozenset[int]:
    """Return the tasks of whose titles at least one telling word stands in a longer text."""
    said = _words(message)
    return frozenset(
        task.id
        for task in tasks
        if any(len(word) >= SHORTEST_TELLING and _like(word, said) for word in _words(task.title))
    )


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = WORD.findall(letters)
    return [word for word in words if word not in FILLERS]


def _like(word: str, words: Sequence[str]) -> bool:
    return any(_close(word, other) for other in words)


def _close(word: str, other: str) -> bool:
    """Tell whether two words are the same but for a slip or a plural."""
    if word == other or f"{word}s" == other or f"{other}s" == word:
        return True
    shorter = min(len(word), len(other))
    if shorter < SHORTEST_FUZZY or word.isdecimal() or other.isdecimal():
        return False
    return _distance(word, other) <= (2 if shorter >= MANY_LETTERS else 1)


def _distance(one: str, other: str) -> int:
    """Return how many letters are wrong, missing, too many, or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != its))
            if i > 1 and j > 1 and (char, one[i - 2]) == (other[j - 2], its):
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
