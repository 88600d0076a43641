"""How many steps of a piece lie within given ranges: what caps and preferences ask."""

from collections.abc import Iterator

from ortools.sat.python import cp_model

from dayloom.planning.cpsat.variables import Expr, Model, Piece, domain
from dayloom.planning.grid import Range, bits, lowest, to_ranges


def amount_within(model: Model, piece: Piece, ranges: int) -> Expr:
    """Return the steps of `piece` inside the mask `ranges`; 0 while it is absent."""
    if piece.rigid:
        return _rigid_amount(model, piece, ranges)
    return sum(_clipped(model, piece, each) for each in _touched(piece, ranges))


def starts_by_amount(piece: Piece, ranges: int) -> dict[int, int]:
    """Return the possible starts of a rigid piece as masks, by its steps inside `ranges`."""
    size = piece.rigid
    inside = bits(0, 0) | ranges
    groups: dict[int, int] = {}
    rest = piece.starts
    whole = rest & _runs(inside, size)
    outside = rest & _runs(~inside & bits(0, rest.bit_length() + size), size)
    for amount, mask in ((size, whole), (0, outside)):
        if mask:
            groups[amount] = mask
    rest &= ~(whole | outside)
    while rest:
        start = lowest(rest)
        amount = (inside >> start & bits(0, size)).bit_count()
        groups[amount] = groups.get(amount, 0) | 1 << start
        rest &= rest - 1
    return groups


def _rigid_amount(model: Model, piece: Piece, ranges: int) -> Expr:
    terms: list[Expr] = []
    for amount, starts in starts_by_amount(piece, ranges).items():
        if amount:
            terms.append(amount * start_in(model, piece, starts))
    return sum(terms)
