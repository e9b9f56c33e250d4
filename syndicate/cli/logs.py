"""
What the service says to whoever keeps its log: lines for people, or one JSON a line.

    rooms, libraries  ──>  one handler  ──>  masked  ──>  standard error
    whatever is printed    (as JSON, printed lines are events like any others)

Every line passes the mask, whoever wrote it and at whatever level, tracebacks too: no
secret of the configuration leaves, neither as it is nor as addresses, JSON or base64
write it.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from typing import Any, TextIO
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, SecretStr

from syndicate.channels.wire.redact import redact
from syndicate.config import Config
from syndicate.words import phrase
from syndicate.words.stored import retold

DATABASES = ("sqlite", "postgresql")
LONG = 16  # of a part of an address: no word, but a key
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

log = logging.getLogger("syndicate.run")


@contextmanager
def logging_to(
    stream: TextIO, config: Config, *, as_json: bool, level: int = logging.INFO
) -> Iterator[None]:
    """
    Have everything said while the block lasts written to a stream, masked.

    Args:
        stream: Standard error, as it was at the start.
        config: Its secrets are masked.
        as_json: One JSON object a line; what is printed becomes events, too.
        level: Of every logger, those of libraries included. Above DEBUG, libraries only
            warn.
    """
    mask = Mask(secrets_in(config))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        Masked(JsonLines() if as_json else Interpreter(config.site.zone), mask)
    )
    root, ours = logging.getLogger(), logging.getLogger("syndicate")
    root.addHandler(handler)
    root.setLevel(level if level <= logging.DEBUG else logging.WARNING)
    ours.setLevel(level)
    logging.captureWarnings(capture=True)
    streams, hook = (sys.stdout, sys.stderr), threading.excepthook
    threading.excepthook = _tell
    if as_json:
        sys.stdout, sys.stderr = Events(logging.INFO), Events(logging.WARNING)
    else:
        sys.stdout, sys.stderr = (MaskedStream(each, mask) for each in streams)
    try:
        yield
    finally:
        (sys.stdout, sys.stderr), threading.excepthook = streams, hook
        logging.captureWarnings(capture=False)
        root.removeHandler(handler)


def secrets_in(section: BaseModel) -> list[str]:
    """Give every secret of a configuration, and the telling parts of those in addresses."""
    return [secret for each in _values(section) for secret in _parts(each)]


class Mask:
    """Takes secrets out of text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secrets)

    def __call__(self, text: str) -> str:
        """Give a text without them."""
        return redact(text, self._secrets)


class Masked(logging.Formatter):
    """Another formatter's lines, masked."""

    def __init__(self, inner: logging.Formatter, mask: Mask) -> None:
        super().__init__()
        self._inner = inner
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, and a traceback behind it where there is one."""
        return self._mask(self._inner.format(record))


class Interpreter(logging.Formatter):
    """Tells what a room logs in the language that is spoken, by the site's clocks."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__("%(asctime)s  %(message)s", "%H:%M:%S")
        self.converter = lambda seconds: datetime.fromtimestamp(
            seconds or 0, zone
        ).timetuple()

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, and a traceback behind it where there is one."""
        if not isinstance(record.msg, str):
            return super().format(record)
        spoken = copy(record)
        spoken.msg = phrase(record.msg)
        if isinstance(record.args, tuple):
            told = (
                retold(each) if isinstance(each, str) else each for each in record.args
            )
            spoken.args = tuple(told)
        return super().format(spoken)


class JsonLines(logging.Formatter):
    """One JSON object a line; what a record was given besides stands in it by name."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": record.getMessage(),
        }
        told |= {k: v for k, v in vars(record).items() if k not in STANDARD}
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class Events:
    """A stream whose lines are events."""

    encoding = "utf-8"

    def __init__(self, level: int) -> None:
        self._level = level
        self._rest = ""

    def write(self, text: str) -> int:
        """Take text; a line is told once it is whole."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            if line.strip():
                log.log(self._level, "%s", line.strip())
        return len(text)

    def flush(self) -> None:
        """Nothing waits here but half a line."""

    def isatty(self) -> bool:
        """Whether anybody looks at it: no."""
        return False


class MaskedStream:
    """A stream as it was, masked."""

    def __init__(self, stream: TextIO, mask: Mask) -> None:
        self._stream = stream
        self._mask = mask

    def write(self, text: str) -> int:
        """Write text without its secrets."""
        return self._stream.write(self._mask(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _tell(crash: threading.ExceptHookArgs) -> None:
    """Log what ended a thread, where it would be printed as it is."""
    if crash.exc_value is not None and crash.exc_type is not SystemExit:
        trace = (crash.exc_type, crash.exc_value, crash.exc_traceback)
        log.critical("a thread ended", exc_info=trace)


def _values(value: object) -> Iterator[str]:
    match value:
        case SecretStr():
            yield value.get_secret_value()
        case BaseModel():
            for _, each in value:
                yield from _values(each)
        case dict():
            for each in value.values():
                yield from _values(each)
        case list() | tuple():
            for each in value:
                yield from _values(each)
        case str() if "@" in value and "://" in value:
            yield from filter(None, [urlsplit(value).password])


def _parts(secret: str) -> Iterator[str]:
    scheme, sign, _ = secret.partition("://")
    if not sign:
        yield secret
        return
    url = urlsplit(secret)
    if not scheme.startswith(DATABASES):
        yield secret
        yield from (part for part in url.path.split("/") if len(part) >= LONG)
    for password in filter(None, [url.password]):
        yield from {password, unquote(password)}
