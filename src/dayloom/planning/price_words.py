"""What a place costs, in words: short beside the pointer, whole in a sentence."""

from collections.abc import Iterator

from dayloom.planning.pricing import Break, Price
from dayloom.planning.verify import Rule
from dayloom.planning.wording import Name, Say, say_distance, say_length

FREE = "Costs nothing; nothing else moves, and nothing is late."
BREAKS: dict[Rule, str] = {
    Rule.HOURS: "lies outside of its {name} hours",
    Rule.EVENT: "lies over {event}",
    Rule.RELEASE: "begins {by} before it may",
    Rule.DEADLINE: "ends {by} after its deadline",
    Rule.PRECEDENCE: "does not keep the order with {task}",
    Rule.CAP: "goes {by} over the limit of the day",
}


def price_line(price: Price, *, name_of_task: Name, name_of_event: Name) -> str:
    """Return the price in a few words: "moves 2 tasks · #7 40 min late"."""
    parts = [_break(one, name_of_task, name_of_event) for one in price.breaks]
    if price.moves:
        parts.append(_moved(price, name_of_task))
    for late in price.late:
        whose = "" if late.task_id == price.task_id else f"{name_of_task(late.task_id)} "
        parts.append(f"{whose}{say_distance(late.by)} late")
    parts += [f"{name_of_task(task_id)} without a place" for task_id in price.dropped]
    return " · ".join(parts) or "costs nothing"


def price_sentence(price: Price, *, name_of_task: Name, name_of_event: Name, say_time: Say) -> str:
    """Return the whole price as one sentence."""
    parts = [_break(one, name_of_task, name_of_event) for one in price.breaks]
    if len(price.moves) == 1:
        (move,) = price.moves
        parts.append(f"moves {name_of_task(move.task_id)} to {say_time(move.after[0].start)}")
    elif price.moves:
        parts.append(_moved(price, name_of_task))
    parts += _whose_lateness(price, name_of_task)
    parts += [f"leaves {name_of_task(task_id)} without a place" for task_id in price.dropped]
    said = ", ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else FREE


def _whose_lateness(price: Price, name_of_task: Name) -> Iterator[str]:
    for late in price.late:
        before = f", {say_distance(late.before)} before" if late.before else ""
        if late.task_id == price.task_id:
            yield f"ends {say_distance(late.by)} after it is due"
        else:
            yield f"makes {name_of_task(late.task_id)} {say_distance(late.by)} late{before}"


def _moved(price: Price, name_of_task: Name) -> str:
    if len(price.moves) == 1:
        return f"moves {name_of_task(price.moves[0].task_id)}"
    return f"moves {len(price.moves)} tasks"


def _break(one: Break, name_of_task: Name, name_of_event: Name) -> str:
    return BREAKS[one.rule].format(
        name=one.name,
        by=say_length(one.by) if one.by else "",
        task="" if one.task_id is None else name_of_task(one.task_id),
        event="" if one.event_id is None else name_of_event(one.event_id),
    )
