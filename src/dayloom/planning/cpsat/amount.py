"""How many steps of a piece lie within given steps: what daily caps and preferences ask."""

from ortools.sat.python import cp_model

from dayloom.planning.cpsat.variables import Expr, Literal, Model, Piece, domain
from dayloom.planning.grid import Range, bits, lowest, starts_of_runs, to_ranges


def amount_within(model: Model, piece: Piece, mask: int) -> Expr:
    """Return the steps of `piece` inside `mask`; 0 while it is absent."""
    if piece.rigid:
        amounts = amounts_by_start(piece, mask)
        return sum(amount * literal for amount, literal in amounts_of(model, piece, amounts))
    return sum(_clipped(model, piece, each) for each in to_ranges(mask))


def amounts_by_start(piece: Piece, mask: int) -> dict[int, int]:
    """Split the possible starts of a rigid piece by how many of its steps are in `mask`."""
    size, starts = piece.rigid, piece.starts
    outside = bits(0, starts.bit_length() + size) & ~mask
    groups = {
        size: starts & starts_of_runs(mask, size),
        0: starts & starts_of_runs(outside, size),
    }
    rest = starts & ~(groups[size] | groups[0])
    while rest:
        start = lowest(rest)
        amount = (mask >> start & bits(0, size)).bit_count()
        groups[amount] = groups.get(amount, 0) | 1 << start
        rest &= rest - 1
    return {amount: group for amount, group in groups.items() if group}


def amounts_of(model: Model, piece: Piece, groups: dict[int, int]) -> list[tuple[int, Literal]]:
    """Return a literal for each group of starts: exactly one holds while the piece is present."""
    if len(groups) == 1:
        return [(amount, piece.present) for amount in groups]
    found: list[tuple[int, Literal]] = []
    for amount, starts in groups.items():
        literal = model.cp.new_bool_var("")
        model.cp.add_linear_expression_in_domain(piece.start, domain(starts)).only_enforce_if(
            literal
        )
        found.append((amount, literal))
    model.cp.add(sum(literal for _, literal in found) == piece.present)
    return found


def _clipped(model: Model, piece: Piece, within: Range) -> Expr:
    """Return the part of a piece of changing size inside one range."""
    start, end = within
    return _part_before(model, piece, end) - _part_before(model, piece, start)


def _part_before(model: Model, piece: Piece, bound: int) -> cp_model.IntVar:
    """Return `min(size, max(0, bound - start))`."""
    horizon = max(bound, piece.starts.bit_length())
    ahead = model.cp.new_int_var(0, horizon, "")
    model.cp.add_max_equality(ahead, [0, bound - piece.start])
    part = model.cp.new_int_var(0, horizon, "")
    model.cp.add_min_equality(part, [piece.size, ahead])
    return part
