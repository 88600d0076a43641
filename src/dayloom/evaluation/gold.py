"""What is meant, field by field, each with every answer that a fair reader would accept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

READ = (  # said or not: what was not said must stay empty
    *("title", "start", "release", "due", "deadline", "window"),
    *("tags", "hours", "rrule", "weekly", "after"),
)
SAID = ("minutes", "priority", "min_chunk", "max_chunk")  # judged only where something was said
UNTIL = "until"  # "no later than": a fair reader may take it for soft or for hard
OF_OCCURRENCES = {"start", "release", "due", "deadline"}  # every occurrence has its own
TASK_FIELDS = (*READ, *SAID, UNTIL)

Choices = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """The accepted values of each field that is judged; None or empty where nothing was said."""

    fields: Mapping[str, Choices]

    def wants(self, field: str) -> bool:
        """Tell whether something was said about a field."""
        return not any(is_empty(choice) for choice in self.fields[field])


def is_empty(value: Any) -> bool:
    return value is None or value in ("", [], ())


def gold_of(told: Mapping[str, Any]) -> Gold:
    """Return what a scenario expects: `expect` is the first choice, `accept` lists more."""
    expect, accept = dict(told["expect"]), told.get("accept", {})
    if "commands" in expect:
        return Gold(
            _twice("op", "command", [expect["commands"], *told.get("accept_commands", [])])
        )
    if "rules" in expect:
        return Gold(_twice("kind", "rule", [expect["rules"], *told.get("accept_rules", [])]))
    if told["set"] == "plan":
        return Gold({name: [number] for name, number in expect.items() if name != "prefer"})
    return Gold(_of_task(expect, accept))


def _twice(rough: str, exact: str, choices: Choices) -> dict[str, Choices]:
    """Judge lists twice: by what they are about, and in every detail."""
    return {rough: choices, exact: choices}


def _of_task(expect: dict[str, Any], accept: Mapping[str, Choices]) -> dict[str, Choices]:
    if "on" in expect:  # "tomorrow": not before that day, and done by its end
        day = expect.pop("on")
        expect = {"release": day, "due": day} | expect
    unjudged = {"due", "deadline"} if UNTIL in expect else set()
    if not {"rrule", "weekly"}.isdisjoint(expect):
        unjudged |= OF_OCCURRENCES
    found: dict[str, Choices] = {}
    for field in TASK_FIELDS:
        said = field in expect or field in accept
        if said or (field in READ and field not in unjudged):
            choices = [expect[field]] if field in expect else []
            found[field] = [*choices, *accept.get(field, ())] or [None]
    if found["title"] == [None]:
        del found["title"]  # there is none that could be called right
    return found
