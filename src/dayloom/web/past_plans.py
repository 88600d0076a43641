"""The plans that were, as their page lists them."""

from dataclasses import dataclass

from dayloom.plans.history import Past
from dayloom.web.certificate_page import URL
from dayloom.web.replanning import WHY
from dayloom.web.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PastView:
    """One plan; `back` is where to ask for it again, empty for the present one."""

    version: int
    url: str
    when: str
    state: str
    why: str
    sentence: str
    back: str


def view_past(past: Past, words: Words) -> PastView:
    return PastView(
        version=past.version,
        url=f"{URL}?version={past.version}",
        when=words.clock.moment(past.created_at),
        state="holds now" if past.current else "undone" if past.undone_at else "",
        why=WHY[past.cause],
        sentence=" ".join(filter(None, [_placed(past), past.totals.sentence])),
        back="" if past.current else f"/plan/versions/{past.version}/restoration",
    )


def _placed(past: Past) -> str:
    """Say how many tasks got their first place or lost it, those that moved aside."""
    count = past.changed - past.totals.moved_tasks
    return f"{count} task{'s' if count > 1 else ''} placed or taken out." if count > 0 else ""
