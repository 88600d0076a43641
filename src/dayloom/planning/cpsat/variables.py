"""The unknowns of a model: for each task its pieces, whether it is placed, and when it is done.

An absent task is pinned to the first values of its variables, so that the search has nothing to
decide there and its terms are a known constant.
"""

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from dayloom.planning.cpsat.scope import Scope
from dayloom.planning.grid import bits, lowest, starts_of_runs, to_ranges
from dayloom.planning.work import Work

Expr = cp_model.LinearExpr | int
Literal = cp_model.BoolVarT

MOST_PIECES = 8  # a task that may be cut finer is not modelled in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece: `[start, end)` with `end - start == size` while `present`."""

    start: cp_model.IntVar
    size: Expr
    end: Expr
    present: Literal
    starts: int  # mask of its possible starts
    rigid: int  # its size where that is fixed, else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A task in a model. Without pieces it cannot be placed at all."""

    work: Work
    usable: int
    present: Literal
    pieces: tuple[Piece, ...]
    done: Expr  # at least the end of every piece
    earliest_done: int  # the value of `done` while absent


@dataclass(frozen=True, slots=True)
class Model:
    """A CP-SAT model of a scope, with the hints that describe the held placements."""

    scope: Scope
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    bodies: dict[int, Body] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Say whether every way to cut the free tasks is part of the model."""
        return all(
            body.work.duration // body.work.min_chunk <= MOST_PIECES
            for body in self.bodies.values()
        )


def add_bodies(model: Model) -> None:
    """Give every free task of the scope its variables."""
    for work in model.scope.works():
        model.bodies[work.index] = _body(model, work)


def _body(model: Model, work: Work) -> Body:
    usable = model.scope.usable(work)
    present = model.cp.new_bool_var("")
    model.cp.add_hint(present, bool(model.scope.held[work.index]))
    if model.scope.is_needed(work):
        model.cp.add(present == 1)
    if not _has_room(work, usable):
        model.cp.add(present == 0)
        return Body(work=work, usable=usable, present=present, pieces=(), done=0, earliest_done=0)
    if work.min_chunk >= work.duration:
        return _rigid_body(model, work, usable, present)
    return _split_body(model, work, usable, present)


def _has_room(work: Work, usable: int) -> bool:
    return usable.bit_count() >= work.duration and bool(starts_of_runs(usable, work.smallest))


def _rigid_body(model: Model, work: Work, usable: int, present: Literal) -> Body:
    starts = starts_of_runs(usable, work.duration)
    held = model.scope.held[work.index]
    start = _start(model, starts, present, held[0][0] if held else None)
    end = start + work.duration
    piece = Piece(
        start=start,
        size=work.duration,
        end=end,
        present=present,
        starts=starts,
        rigid=work.duration,
    )
    return Body(
        work=work,
        usable=usable,
        present=present,
        pieces=(piece,),
        done=end,
        earliest_done=lowest(starts) + work.duration,
    )


def _split_body(model: Model, work: Work, usable: int, present: Literal) -> Body:
    count = min(MOST_PIECES, work.duration // work.min_chunk)
    pieces = tuple(_split_piece(model, work, usable, number) for number in range(count))
    least = -(-work.duration // work.max_chunk)
    for number, piece in enumerate(pieces):
        if number < least:
            model.cp.add(piece.present == present)
        else:
            model.cp.add_implication(piece.present, pieces[number - 1].present)
    earliest = _end_of_work(usable, work.duration)
    done = model.cp.new_int_var(earliest, usable.bit_length(), "")
    model.cp.add(done == earliest).only_enforce_if(~present)
    held = model.scope.held[work.index]
    model.cp.add_hint(done, held[-1][1] if held else earliest)
    for piece in pieces:
        model.cp.add(done >= piece.end).only_enforce_if(piece.present)
    return Body(
        work=work,
        usable=usable,
        present=present,
        pieces=pieces,
        done=done,
        earliest_done=earliest,
    )


def _end_of_work(usable: int, duration: int) -> int:
    """Return the end of the first `duration` usable steps: no cut is done before."""
    low, high = duration, usable.bit_length()
    while low < high:
        middle = (low + high) // 2
        if (usable & bits(0, middle)).bit_count() < duration:
            low = middle + 1
        else:
            high = middle
    return low


def _split_piece(model: Model, work: Work, usable: int, number: int) -> Piece:
    held = model.scope.held[work.index][number : number + 1]
    present = model.cp.new_bool_var("")
    model.cp.add_hint(present, bool(held))
    starts = starts_of_runs(usable, work.min_chunk)
    start = _start(model, starts, present, held[0][0] if held else None)
    sizes = cp_model.Domain.from_intervals([[0, 0], [work.min_chunk, work.max_chunk]])
    size = model.cp.new_int_var_from_domain(sizes, "")
    model.cp.add_hint(size, held[0][1] - held[0][0] if held else 0)
    model.cp.add(size >= work.min_chunk).only_enforce_if(present)
    model.cp.add(size == 0).only_enforce_if(~present)
    end = model.cp.new_int_var(lowest(starts), usable.bit_length(), "")
    model.cp.add(end == start + size)
    model.cp.add_hint(end, held[0][1] if held else lowest(starts))
    return Piece(start=start, size=size, end=end, present=present, starts=starts, rigid=0)


def _start(model: Model, starts: int, present: Literal, hint: int | None) -> cp_model.IntVar:
    start = model.cp.new_int_var_from_domain(domain(starts), "")
    model.cp.add(start == lowest(starts)).only_enforce_if(~present)
    model.cp.add_hint(start, lowest(starts) if hint is None else hint)
    return start


def domain(mask: int) -> cp_model.Domain:
    """Return the set bits of `mask` as a domain."""
    return cp_model.Domain.from_intervals([[start, end - 1] for start, end in to_ranges(mask)])
