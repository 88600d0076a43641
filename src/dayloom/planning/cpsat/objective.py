"""The terms of the objective as expressions: the same integers as `planning.cost`, exactly."""

from collections.abc import Iterator

from dayloom.planning.cpsat.amount import amount_within, amounts_by_start, amounts_of
from dayloom.planning.cpsat.variables import Body, Expr, Model
from dayloom.planning.grid import bits
from dayloom.planning.work import FRAGMENT, TARDY


def minimize_cost(model: Model) -> None:
    """Minimize the cost of the free tasks."""
    terms = [term for body in model.bodies.values() for term in _terms(model, body)]
    model.cp.minimize(sum(terms))


def minimize_dropped(model: Model) -> None:
    """Minimize the price of what is left out; among equals, that of what moves."""
    bodies = model.bodies.values()
    worth = 1 + sum(body.work.move_price for body in bodies)
    moved = sum(movement(model, body) for body in bodies if body.pieces)
    model.cp.minimize(worth * sum(_dropped(body) for body in bodies) + moved)


def _terms(model: Model, body: Body) -> Iterator[Expr]:
    yield _dropped(body)
    if body.pieces:
        yield completion(body)
        yield tardiness(model, body)
        yield fragmentation(body)
        yield preference(model, body)
        yield movement(model, body)


def _dropped(body: Body) -> Expr:
    return body.work.drop_price * (1 - body.present)


def completion(body: Body) -> Expr:
    """Count the delay of a placed task; an absent one has a constant, which is taken back."""
    if not body.work.asap:
        return 0
    waiting = body.earliest_done - body.work.release
    delay = body.done - body.work.release - waiting * (1 - body.present)
    return body.work.weight * delay


def tardiness(model: Model, body: Body) -> Expr:
    latest = body.usable.bit_length() - body.work.due
    if latest <= 0:
        return 0
    late = model.cp.new_int_var(0, latest, "")
    model.cp.add(late >= body.done - body.work.due)
    held = model.scope.held[body.work.index]
    done = held[-1][1] if held else body.earliest_done
    model.cp.add_hint(late, max(0, done - body.work.due))
    least = max(0, body.earliest_done - body.work.due)
    return body.work.weight * TARDY * (late - least * (1 - body.present))


def fragmentation(body: Body) -> Expr:
    if body.pieces[0].rigid:
        return 0
    further = sum(piece.present for piece in body.pieces) - body.present
    return body.work.weight * FRAGMENT * further


def preference(model: Model, body: Body) -> Expr:
    """Price the share outside the preferred windows, rounded down once for the whole task."""
    work = body.work
    if work.liked < 0:
        return 0
    liked = model.scope.instance.liked[work.liked]
    price = work.weight * work.worth
    if body.pieces[0].rigid:
        groups = amounts_by_start(body.pieces[0], liked)
        return sum(
            price * (work.duration - inside) // work.duration * literal
            for inside, literal in amounts_of(model, body.pieces[0], groups)
        )
    inside = sum(amount_within(model, piece, liked & body.usable) for piece in body.pieces)
    cost = model.cp.new_int_var(0, price, "")
    outside = work.duration * body.present - inside
    model.cp.add(work.duration * cost >= price * outside - (work.duration - 1))
    return cost


def movement(model: Model, body: Body) -> Expr:
    """Price any place but the previous one, if that is still possible."""
    price, previous = body.work.move_price, body.work.previous
    if not price:
        return 0
    if not _is_possible(body):
        return price * body.present
    stays = model.cp.new_bool_var("")
    model.cp.add_implication(stays, body.present)
    model.cp.add_hint(stays, model.scope.held[body.work.index] == previous)
    for piece, (start, end) in zip(body.pieces, previous, strict=False):
        model.cp.add_implication(stays, piece.present)
        model.cp.add(piece.start == start).only_enforce_if(stays)
        model.cp.add(piece.size == end - start).only_enforce_if(stays)
    for piece in body.pieces[len(previous) :]:
        model.cp.add_implication(stays, ~piece.present)
    return price * (body.present - stays)


def _is_possible(body: Body) -> bool:
    previous = body.work.previous
    return 0 < len(previous) <= len(body.pieces) and not any(
        bits(*piece) & ~body.usable for piece in previous
    )
