"""TEXT values (RFC 5545 §3.3.11)."""

import re

_ESCAPED = re.compile(r"\\([\\;,nN])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def unescape(text: str) -> str:
    """Return the text without escapes and control characters."""
    plain = _ESCAPED.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), text)
    return _CONTROLS.sub("", plain)
