"""Problems and plans as JSON and back, exactly: the same file gives the same plan anywhere.

Instants are RFC 3339 in UTC, durations seconds, intervals pairs; what has its default is left
out. The codec follows the fields of the dataclasses, so that a new field is never forgotten.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import InvalidProblem, Problem

VERSION = 1
NOT_OF_IT = ("format", "version", "stored")  # `stored` says what a problem was answered
SECOND = timedelta(seconds=1)

Json = dict[str, Any]


def problem_to_json(problem: Problem) -> Json:
    return {"format": "dayloom.problem", "version": VERSION, **_encoded(problem)}


def plan_to_json(plan: Plan) -> Json:
    return {"format": "dayloom.plan", "version": VERSION, **_encoded(plan)}


def problem_from_json(stored: object) -> Problem:
    """Return the problem. Raises `InvalidProblem` with a sentence that says where it is wrong."""
    problem: Problem = _decoded(Problem, _body(stored, "dayloom.problem"), "the problem")
    return problem


def plan_from_json(stored: object) -> Plan:
    """Return the plan. Raises `InvalidProblem` with a sentence that says where it is wrong."""
    plan: Plan = _decoded(Plan, _body(stored, "dayloom.plan"), "the plan")
    return plan


def dump_problem(problem: Problem) -> bytes:
    return _bytes(problem_to_json(problem))


def dump_plan(plan: Plan) -> bytes:
    return _bytes(plan_to_json(plan))


def load_problem(data: bytes) -> Problem:
    return problem_from_json(_parsed(data))


def load_plan(data: bytes) -> Plan:
    return plan_from_json(_parsed(data))


def _bytes(stored: Json) -> bytes:
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidProblem(f"this is not JSON: {error}") from error


def _body(stored: object, name: str) -> Json:
    if not isinstance(stored, dict) or stored.get("format") != name:
        raise InvalidProblem(f"this is no {name} file")
    if stored.get("version") != VERSION:
        raise InvalidProblem(
            f"this file has version {stored.get('version')}; version {VERSION} can be read"
        )
    return {key: value for key, value in stored.items() if key not in NOT_OF_IT}


def _encoded(value: Any) -> Any:
    if isinstance(value, Interval):
        return [_encoded(value.start), _encoded(value.end)]
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {f.name: _encoded(item) for f, item in pairs if item != _default(f)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return value / SECOND if value % SECOND else value // SECOND
    if isinstance(value, tuple):
        return [_encoded(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _encoded(item) for name, item in value.items()}
    return value


def _default(field: "Field[Any]") -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _decoded(kind: Any, value: Any, where: str) -> Any:
    """Return `value` as the annotated type `kind`; `where` names it in complaints."""
    if isinstance(kind, UnionType):
        (wanted,) = (part for part in get_args(kind) if part is not NoneType)
        return None if value is None else _decoded(wanted, value, where)
    if get_origin(kind) is tuple:
        return _items(get_args(kind)[0], value, where)
    if get_origin(kind) is Mapping:
        return _named(get_args(kind)[1], value, where)
    if kind in READERS:
        return READERS[kind](value, where)
    if is_dataclass(kind):
        return _record(kind, value, where)
    return _choice(kind, value, where)


def _items(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _unexpected(where, "a list")
    return tuple(_decoded(kind, item, f"{where}[{k}]") for k, item in enumerate(value))


def _named(kind: Any, value: Any, where: str) -> Json:
    if not isinstance(value, dict):
        raise _unexpected(where, "an object")
    return {name: _decoded(kind, item, f"{where}.{name}") for name, item in value.items()}


def _record(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _unexpected(where, "an object")
    known = {field.name: field for field in fields(kind)}
    for name in value:
        if name not in known:
            raise _unexpected(where, f"an object without {name!r}")
    for name, field in known.items():
        if name not in value and _default(field) is MISSING:
            raise _unexpected(where, f"an object with {name!r}")
    hints = _hints(kind)
    return kind(**{n: _decoded(hints[n], item, f"{where}.{n}") for n, item in value.items()})


@cache
def _hints(kind: Any) -> Json:
    return get_type_hints(kind)


def _choice(kind: type[StrEnum], value: Any, where: str) -> StrEnum:
    if value not in [member.value for member in kind]:
        raise _unexpected(where, f"one of {', '.join(kind)}")
    return kind(value)


def _interval(value: Any, where: str) -> Interval:
    if not isinstance(value, list) or len(value) != 2:
        raise _unexpected(where, "a pair of instants")
    start, end = (_instant(item, where) for item in value)
    if start > end:
        raise _unexpected(where, "an interval that does not end before it starts")
    return Interval(start, end)


def _instant(value: Any, where: str) -> datetime:
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise _unexpected(where, "an instant such as 2026-03-02T09:00:00Z") from error
    raise _unexpected(where, "an instant with its offset from UTC")


def _duration(value: Any, where: str) -> timedelta:
    try:
        return timedelta(seconds=value)
    except (TypeError, ValueError, OverflowError) as error:
        raise _unexpected(where, "a number of seconds") from error


def _plain(kind: type, expected: str) -> Callable[[Any, str], Any]:
    def read(value: Any, where: str) -> Any:
        if type(value) is not kind:
            raise _unexpected(where, expected)
        return value

    return read


READERS: dict[Any, Callable[[Any, str], Any]] = {
    datetime: _instant,
    timedelta: _duration,
    Interval: _interval,
    int: _plain(int, "a whole number"),
    bool: _plain(bool, "true or false"),
    str: _plain(str, "a text"),
}


def _unexpected(where: str, expected: str) -> InvalidProblem:
    return InvalidProblem(f"{where}: {expected} is expected")
