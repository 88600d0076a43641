"""Log lines with the ids of what they belong to, as text or JSON, without secrets."""

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType

from dayloom.infra.settings import LogFormat

_ids: ContextVar[Mapping[str, str]] = ContextVar("log_ids", default=MappingProxyType({}))
_URL = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]*://)(?:[^\s/@]*@)?(?P<rest>[^\s?#'\"<>]*)[^\s'\"<>]*"
)
NOISY = ("httpx2", "httpcore2", "alembic", "uvicorn.access", "uvicorn.error")


@contextmanager
def log_ids(**ids: object) -> Iterator[None]:
    """Name what the lines inside belong to: `request`, `account`, `task`, `job`."""
    token = _ids.set({**_ids.get(), **{name: str(value) for name, value in ids.items()}})
    try:
        yield
    finally:
        _ids.reset(token)


def set_up_logging(style: LogFormat) -> None:
    """Send all lines of this process to standard error."""
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(JsonLines() if style is LogFormat.JSON else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[lines], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def scrub(text: str) -> str:
    """Take user names, passwords and queries out of every address."""
    return _URL.sub(r"\g<scheme>\g<rest>", text)


class TextLines(logging.Formatter):
    """One line for people: time, level, logger, message, ids."""

    def format(self, record: logging.LogRecord) -> str:
        ids = " ".join(f"{name}={value}" for name, value in _ids.get().items())
        head = f"{_time(record)} {record.levelname:<7} {record.name}: {record.getMessage()}"
        return scrub("\n".join(filter(None, (f"{head}  {ids}".rstrip(), _trace(self, record)))))


class JsonLines(logging.Formatter):
    """One JSON object a line, for collectors."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrub(record.getMessage()),
            **_ids.get(),
        }
        if trace := _trace(self, record):
            line["exception"] = scrub(trace)
        return json.dumps(line, ensure_ascii=False)


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""
