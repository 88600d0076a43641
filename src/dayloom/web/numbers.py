"""Whole numbers, money and milliseconds, typed and said."""

from dayloom.infra.errors import Invalid

CENT = 0.01
MINUTE_MS = 60_000


def read_whole(text: str, *, field: str) -> int:
    """Return a whole number. Raises `Invalid`."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 9):
        raise Invalid("Write a whole number here.", field=field)
    return int(bare)


def read_dollars(text: str, *, field: str) -> float | None:
    """Return an amount, None for none. Raises `Invalid` unless it is a number."""
    bare = text.strip().removeprefix("$").replace(",", ".")
    if not bare:
        return None
    try:
        return float(bare)
    except ValueError:
        raise Invalid("Write an amount of US dollars here.", field=field) from None


def say_dollars(amount: float | None) -> str:
    """Return an amount as precisely as matters: $1.20, $0.0004; empty for None."""
    if amount is None:
        return ""
    if amount == 0 or amount >= CENT:
        return f"${amount:,.2f}"
    return f"${amount:.2g}" if amount >= CENT / 100 else "< $0.0001"


def say_seconds(milliseconds: int) -> str:
    """Return a length of time: 240 ms, 1.3 s, 2 min."""
    if milliseconds < 1000:
        return f"{milliseconds} ms"
    if milliseconds < MINUTE_MS:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds / MINUTE_MS:.0f} min"
