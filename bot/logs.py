"""Structured logs: one line an event, never a score beside a person, never a comment, never a secret."""

import logging
import sys
import time
import traceback
from collections import OrderedDict

import structlog

# Bolt and the SDK print whole request bodies in some warnings, and a body holds a score and a person. What matters of
# what these say, we say ourselves.
_TALKATIVE = ("slack_bolt", "slack_sdk", "uvicorn", "apscheduler", "aiosqlite", "alembic")


class _Discreet(logging.Handler):
    """Says that another library spoke, and where, but not what: asyncio quotes whole errors."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        log.warning(
            "library.spoke",
            library=record.name,
            severity=record.levelname.lower(),
            at=f"{record.pathname}:{record.lineno}",
            kind=fault(error) if error else None,
        )


_REPEATED_AT_MOST = 20
_WITHIN = 60.0
_LINES_KNOWN = 1_000


class Repeats:
    """Lets the same line through twenty times a minute; the first of the next minute says how many were left out."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def __call__(
        self, _logger: object, _method: str, line: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        key, now = repr(sorted(line.items())), time.monotonic()
        begun, count = self._seen.pop(key, (now, 0))
        if now - begun > _WITHIN:
            if count > _REPEATED_AT_MOST:
                line = {**line, "left_out": count - _REPEATED_AT_MOST}
            begun, count = now, 0
        self._seen[key] = (begun, count + 1)
        if len(self._seen) > _LINES_KNOWN:
            self._seen.popitem(last=False)
        if count >= _REPEATED_AT_MOST:
            raise structlog.DropEvent
        return line


def configure(*, quiet: bool = False) -> None:
    """Send events to standard error: for people on a terminal, as JSON elsewhere."""
    logging.basicConfig(handlers=[_Discreet(logging.WARNING)], force=True)
    for name in _TALKATIVE:
        # Levels do not do it: Bolt gives its loggers the root's.
        talkative = logging.getLogger(name)
        talkative.addHandler(logging.NullHandler())
        talkative.propagate = False
    on_terminal = sys.stderr.isatty()
    render: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer() if on_terminal else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            Repeats(),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


def silence() -> None:
    """Keep standard error for a command's own sentences: Bolt warns of things that no operator has to know."""
    configure(quiet=True)
    logging.disable(logging.CRITICAL)


def fault(error: BaseException) -> str:
    """Name the kind of an error without its text, which may quote a database row or a request."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def whereabouts(error: BaseException) -> list[str]:
    """Name the last lines that an error came through: enough to mend it, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno}" for frame in frames[-5:]]
