"""TEXT values (RFC 5545 §3.3.11)."""

import re

LONGEST_TEXT = 1_000
_ESCAPED = re.compile(r"\\([\\;,nN])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def tidy(text: str) -> str:
    """Return a text as one line: without escapes, line breaks and control characters."""
    plain = _ESCAPED.sub(
        lambda found: " " if found[1] in "nN" else found[1], text[: 2 * LONGEST_TEXT]
    )
    return _CONTROLS.sub("", " ".join(plain.split()))[:LONGEST_TEXT]
