"""The kernel compiled by numba, where numba is there; else the same functions as they are."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from types import FunctionType, ModuleType
from typing import Any

from dayloom.planning.search import (
    bits,
    fit,
    insert,
    kernel,
    moves,
    order,
    price,
    ruin,
    swap,
    trade,
)
from dayloom.planning.search.layout import Row

Run = Callable[[Row, Row, Row, tuple[int, int, int]], None]
INNER = {  # of one program: no wrappers, no checks for zero divisors (there are none), no calls
    "nogil": True,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
    "error_model": "numpy",
    "forceinline": True,
}
MODULES = (bits, fit, price, insert, ruin, order, moves, trade, swap, kernel)


@cache
def compiled_run() -> Run | None:
    """Return the kernel, which compiles at its first call; None where numba cannot be had."""
    try:
        import numba
    except (ImportError, OSError):
        return None
    return _compiled(numba.njit)


def warm_up() -> bool:
    """Compile the kernel, or load it if that was done before; say whether it is compiled."""
    run = compiled_run()
    if run is not None:
        nothing = array("q", [0])
        m, s, heats = as_arrays((nothing, nothing, nothing))
        run(m, s, heats, (0, 0, 1))
    return run is not None


def as_arrays(fields: Iterable["array[int]"]) -> Iterator[Row]:
    """Yield each array as one of numpy's, over the same memory."""
    import numpy

    return (numpy.frombuffer(field, dtype=numpy.int64) for field in fields)


def as_lists(fields: Iterable["array[int]"]) -> Iterator[Row]:
    """Yield each array as a list, which plain Python reads faster."""
    return (field.tolist() for field in fields)


def _compiled(njit: Callable[..., Any]) -> Run:
    """Compile the functions of all modules as one program.

    numba keeps compiled code by file and name of the entry alone: the name carries a digest of
    the whole source, so that no older program is ever found.
    """
    functions = [function for module in MODULES for function in _own(module)]
    scope: dict[str, Any] = {k: v for module in MODULES for k, v in vars(module).items()}
    for function in functions:
        if function.__name__ != "run":
            scope[function.__name__] = njit(_copy(function, scope), **INNER)
    entry = next(_copy(f, scope) for f in functions if f.__name__ == "run")
    entry.__qualname__ = f"run_{_digest(functions)}"
    try:
        compiled: Run = njit(entry, cache=True, nogil=True)
    except RuntimeError:  # no folder to keep compiled code in
        compiled = njit(entry, nogil=True)
    return compiled


def _own(module: ModuleType) -> list[FunctionType]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__
    ]


def _copy(function: FunctionType, scope: dict[str, Any]) -> FunctionType:
    copy = FunctionType(function.__code__, scope, function.__name__)
    copy.__module__ = function.__module__
    return copy


def _digest(functions: list[FunctionType]) -> str:
    digest = sha256()
    for function in functions:
        code = function.__code__
        digest.update(code.co_code + repr((code.co_consts, code.co_names)).encode())
    constants = {k: v for m in MODULES for k, v in vars(m).items() if isinstance(v, int | tuple)}
    digest.update(repr(sorted(constants.items())).encode())
    return digest.hexdigest()[:12]
