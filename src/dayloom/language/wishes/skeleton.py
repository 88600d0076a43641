"""A sentence with its facts taken out: "no calls WHEN", "at most LENGTH of calls PERDAY"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dayloom.language.context import ReadingContext
from dayloom.language.rules.phrases import word_set
from dayloom.language.rules.tokens import Line, build_line
from dayloom.language.wishes.facts import At, Days, Fact, Length, PerDay, Stretch, Times, fact_at
from dayloom.language.wishes.when import When, gathered

ANY_TIME = ReadingContext(now=datetime(2001, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
LENGTH, TIMES, PER_DAY, WHEN = "LENGTH", "TIMES", "PERDAY", "WHEN"
_GLUE = word_set(", and & or nor / on in the from at during ( )")
_LEADS = word_set("on in the from at during every each")
_QUIET = word_set("please usually normally generally always ideally strictly really")
_ADDING = word_set("also too")
_BREAKS = word_set(", and but")
_NAMES = {Length: LENGTH, Times: TIMES, PerDay: PER_DAY}

Part = str | Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """The words that are left, and the facts that were taken out of them, in order.

    `adds` tells that a word such as "also" was among them.
    """

    text: str
    groups: tuple[tuple[When, ...], ...] = ()
    lengths: tuple[int, ...] = ()
    times: tuple[int, ...] = ()
    adds: bool = False

    @property
    def whens(self) -> tuple[When, ...]:
        return tuple(when for group in self.groups for when in group)


def parts_of(sentence: str) -> list[Part]:
    """Return the words and facts of a sentence."""
    return list(_parts(build_line(sentence.rstrip(" .!;"), ANY_TIME)))


def skeleton_of(parts: Sequence[Part]) -> Skeleton:
    words: list[str] = []
    groups: list[tuple[When, ...]] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        run, end = _run(parts, at)
        if run:
            while words and words[-1] in _LEADS:
                words.pop()
            words.append(WHEN)
            groups.append(gathered(run))
        elif isinstance(part, str):
            words.append(part)
        else:
            words.append(_NAMES[type(part)])
        at = max(end, at + 1)
    kept = [word for word in words if word not in _QUIET and word not in _ADDING]
    return Skeleton(
        text=" ".join(kept).strip(" ,:"),
        groups=tuple(groups),
        lengths=tuple(part.minutes for part in parts if isinstance(part, Length)),
        times=tuple(part.count for part in parts if isinstance(part, Times)),
        adds=any(word in _ADDING for word in words),
    )


def clauses_of(parts: Sequence[Part]) -> list[Sequence[Part]]:
    """Return the parts between commas, "and" and "but"."""
    breaks = [at for at, part in enumerate(parts) if isinstance(part, str) and part in _BREAKS]
    edges = zip([-1, *breaks], [*breaks, len(parts)], strict=True)
    return [parts[start + 1 : end] for start, end in edges if end > start + 1]


def _parts(line: Line) -> Iterator[Part]:
    at = 0
    while at < len(line.tokens):
        found = fact_at(line, at)
        yield found.value if found else (line.word(at) or "?")
        at = found.end if found else at + 1


def _run(parts: Sequence[Part], at: int) -> tuple[list[Fact], int]:
    """Return the days and times that stand together from `at` on, and where they end."""
    run: list[Fact] = []
    end = at
    for index in range(at, len(parts)):
        part = parts[index]
        if isinstance(part, Days | Stretch | At):
            run.append(part)
            end = index + 1
        elif not run or not (isinstance(part, str) and part in _GLUE):
            break
    return run, end
