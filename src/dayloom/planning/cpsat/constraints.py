"""The hard rules of a plan, one function for each."""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import pairwise, product
from operator import or_

from ortools.sat.python import cp_model

from dayloom.planning.cpsat.amount import amount_within
from dayloom.planning.cpsat.variables import Body, Model, Piece
from dayloom.planning.grid import Range, bits, lowest, to_ranges
from dayloom.planning.instance import Limit
from dayloom.planning.work import Link

SPREAD = 16  # moments between which time is counted


def add_constraints(model: Model) -> None:
    """Add every hard rule. Release, deadline, pins and rigid pieces' hours are in the domains."""
    keep_slots_apart(model)
    for body in model.bodies.values():
        cut_into_whole_duration(model, body)
        keep_pieces_in_order(model, body)
        stay_inside_open_hours(model, body)
        wait_for_earlier_tasks(model, body)
    for limit in model.scope.instance.limits:
        respect_daily_cap(model, limit)
    fill_no_more_than_the_time(model)


def keep_slots_apart(model: Model) -> None:
    """No two slots overlap, and the buffer lies between them."""
    buffer = model.scope.instance.buffer
    model.cp.add_no_overlap(
        _interval(model, piece, buffer) for body in model.bodies.values() for piece in body.pieces
    )


def cut_into_whole_duration(model: Model, body: Body) -> None:
    """The pieces of a placed task make up its duration."""
    if body.pieces and not body.pieces[0].rigid:
        sizes = sum(piece.size for piece in body.pieces)
        model.cp.add(sizes == body.work.duration * body.present)


def keep_pieces_in_order(model: Model, body: Body) -> None:
    """Pieces are counted in order of time; this removes equal plans with other names."""
    for earlier, later in pairwise(body.pieces):
        after = earlier.end + model.scope.instance.buffer
        model.cp.add(later.start >= after).only_enforce_if(later.present)


def stay_inside_open_hours(model: Model, body: Body) -> None:
    """A piece of changing size does not reach over a closed time or an event."""
    pieces = [piece for piece in body.pieces if not piece.rigid]
    if pieces:
        gaps = [
            model.cp.new_fixed_size_interval_var(start, end - start, "")
            for start, end in _gaps(body.usable)
        ]
        model.cp.add_no_overlap([*gaps, *(_interval(model, piece, 0) for piece in pieces)])


def wait_for_earlier_tasks(model: Model, body: Body) -> None:
    """A task starts only after those it waits for, and not at all if one of them has no place."""
    for link in body.work.before:
        earlier = model.bodies.get(link.index)
        if earlier is not None:
            _wait(model, body, earlier, link)
        elif not model.scope.held[link.index]:
            model.cp.add(body.present == 0)


def _wait(model: Model, body: Body, earlier: Body, link: Link) -> None:
    model.cp.add_implication(body.present, earlier.present)
    if body.pieces and earlier.pieces:
        ready = earlier.done + link.gap
        model.cp.add(body.pieces[0].start >= ready).only_enforce_if(body.present)


def respect_daily_cap(model: Model, limit: Limit) -> None:
    """The slots that count for a cap take no more of a day than it allows."""
    bodies = [body for body in model.bodies.values() if limit.binds(body.work)]
    for day, room in zip(limit.days, model.scope.left(limit), strict=True):
        mask = bits(*day)
        able = [body for body in bodies if body.usable & mask]
        if sum(body.work.duration for body in able) > room:
            pieces = [piece for body in able for piece in body.pieces]
            model.cp.add(sum(amount_within(model, piece, mask) for piece in pieces) <= room)


def fill_no_more_than_the_time(model: Model) -> None:
    """Tasks that must lie within the same time take no more than that: this follows from the
    other rules, and is what proves an overload."""
    bodies = [body for body in model.bodies.values() if body.pieces]
    starts = _spread(lowest(body.usable) for body in bodies)
    ends = _spread(body.usable.bit_length() for body in bodies)
    for start, end in product(starts, ends):
        inside = [body for body in bodies if not body.usable & ~bits(start, end)]
        free = reduce(or_, (body.usable for body in inside), 0).bit_count()
        if sum(body.work.duration for body in inside) > free:
            model.cp.add(sum(body.work.duration * body.present for body in inside) <= free)


def _spread(steps: Iterable[int]) -> list[int]:
    """Return at most `SPREAD` of the distinct steps, evenly chosen."""
    distinct = sorted(set(steps))
    return distinct[:: -(-len(distinct) // SPREAD) or 1]


def _interval(model: Model, piece: Piece, buffer: int) -> cp_model.IntervalVar:
    if piece.rigid:
        return model.cp.new_optional_fixed_size_interval_var(
            piece.start, piece.rigid + buffer, piece.present, ""
        )
    return model.cp.new_optional_interval_var(
        piece.start, piece.size + buffer, piece.end + buffer, piece.present, ""
    )


def _gaps(usable: int) -> Iterator[Range]:
    """Yield the ranges between the first and the last usable step that are not usable."""
    first = lowest(usable)
    return to_ranges(bits(first, usable.bit_length()) & ~usable)
