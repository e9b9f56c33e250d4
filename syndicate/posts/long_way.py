"""
The long way through front matter: YAML, TOML and JSON, whatever they hold.

python-frontmatter does the taking apart, through a handler of ours: its own fences lose
files with a byte order mark or without a closer, and its loaders turn text into numbers.
"""

import json
import re
import tomllib
import unicodedata

import frontmatter
from frontmatter.default_handlers import BaseHandler

from syndicate.posts.comments import lost_to_comments
from syndicate.posts.fences import JSON, Parts
from syndicate.posts.mend import parse_leniently
from syndicate.posts.plain import REFUSED, clean
from syndicate.posts.problems import Fault, Notes
from syndicate.posts.toml_bound import deep_line
from syndicate.posts.yaml_text import DEEPEST, Tree
from syndicate.words import Said

TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")

BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks to YAML 1.1 and to nobody else."""

KEY = r"^(?P<key>[^\s:：'\"#-][^:：\n]{0,40}?)"
WIDE_COLON = re.compile(KEY + r"：[ \t]*(?P<value>.*)$", re.MULTILINE)
WIDE = re.compile("[\u00a0\u3000\u200b]")
WIDE_BLANK = re.compile(
    KEY
    + "(?:(?P<before>[\u00a0\u3000\u200b]+)[ \t]*:|:(?P<after>[\u00a0\u3000\u200b]))",
    re.MULTILINE,
)


def load_fully(parts: Parts, notes: Notes) -> dict[str, Tree]:
    """Read the fields of any file; as ``front_matter.load``, but lines count from 1."""
    handler = Front(parts, notes)
    # It would only copy the text: the handler has its parts.
    frontmatter.parse("", handler=handler)
    return handler.fields


A_LIST = Said("a list")
TEXT = Said("text")
HUGE_NUMBER = Said("a number of thousands of digits")


class Front(BaseHandler):
    """Gives python-frontmatter a file that was taken apart, and our way to read it."""

    def __init__(self, parts: Parts, notes: Notes) -> None:
        self.parts = parts
        self.notes = notes
        self.fields: dict[str, Tree] = {}

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002, D102
        return self.parts.front, self.parts.body

    def load(self, fm: str) -> dict[str, Tree]:  # noqa: D102
        fm = _readable(fm, self.parts, self.notes)
        match self.parts.language:
            case "toml":
                tree = _toml(fm)
            case "json":
                tree = _json(fm)
            case _:
                tree = _yaml(fm, self.parts, self.notes)
        if not isinstance(tree, dict):
            raise Fault("FM008", what=A_LIST if isinstance(tree, list) else TEXT)
        self.fields = tree
        return tree


def _readable(front: str, parts: Parts, notes: Notes) -> str:
    """Take out what no YAML may hold, and tell of it."""
    if found := BREAKS.search(front):
        notes.add("FM022", parts.at(found.start()))
        front = BREAKS.sub(" ", front)
    if found := REFUSED.search(front):
        notes.add("FM021", parts.at(found.start()))
        front = REFUSED.sub("", front)
    return front


def _yaml(front: str, parts: Parts, notes: Notes) -> Tree:
    # The plain search first: it takes a tenth of the time, and few posts have any.
    if WIDE.search(front) and (wide := WIDE_BLANK.search(front)):
        blank = wide.start("before") if wide["before"] else wide.start("after")
        line, col = parts.at(blank)
        raise Fault("FM010", line=line - parts.line + 1, col=col)
    try:
        found = parse_leniently(front)
    except Fault as fault:
        raise _better(fault, front) from None
    tree = found.tree
    if isinstance(tree, str) and WIDE_COLON.search(front):
        raise _better(Fault("FM008"), front)
    for key in found.doubled:
        notes.add("FM018", parts.place(key), key=key)
    for mend in found.mended:
        code = "FM012" if mend.has_colon else "FM013"
        notes.add(code, (mend.line + parts.line - 1, mend.col), mend=mend.quoted)
    for lost in lost_to_comments(found.text):
        place = (lost.line + parts.line - 1, lost.col)
        notes.add("FM020", place, key=lost.key, mend=lost.mend)
    return tree if "\\" not in front and _is_nfc(front) else _as_text(tree)


def _better(fault: Fault, front: str) -> Fault:
    """Say what is really wrong: a full-width colon looks like one and is none."""
    found = WIDE_COLON.search(front)
    if not found or fault.code not in {"FM008", "FM011"}:
        return fault
    mend = f"{found['key']}: {found['value']}"
    line = front.count("\n", 0, found.start()) + 1
    return Fault("FM009", line=line, col=len(found["key"]) + 1, mend=mend)


def _toml(front: str) -> Tree:
    if line := deep_line(front):
        raise Fault("FM016", line=line, limit=str(DEEPEST))
    try:
        return _as_text(tomllib.loads(front, parse_float=str))
    except RecursionError:
        raise Fault("FM016", limit=str(DEEPEST)) from None
    except tomllib.TOMLDecodeError as error:
        found = TOML_PLACE.search(str(error))
        last = front.rstrip().count("\n") + 1
        line, col = (int(found[1]), int(found[2])) if found else (last, 1)
        reason = str(error).split(" (at ")[0].lower()
        raise Fault("FM023", line=line, col=col, reason=Said(reason)) from None
    except ValueError:  # Python's own bound on what it makes a number of
        raise Fault("FM023", reason=HUGE_NUMBER) from None


def _json(front: str) -> Tree:
    try:
        return _as_text(JSON.decode(front))
    except RecursionError:
        raise Fault("FM016", limit=str(DEEPEST)) from None
    except json.JSONDecodeError as error:
        raise Fault(
            "FM024",
            line=error.lineno,
            col=error.colno,
            reason=Said(error.msg.lower()),
        ) from None


def _as_text(value: object, depth: int = 1) -> Tree:
    """Make clean text of every scalar, as YAML would have written it."""
    if depth > DEEPEST:
        raise Fault("FM016", limit=str(DEEPEST))
    if isinstance(value, dict):
        return {
            clean(str(key)): _as_text(inner, depth + 1) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_as_text(inner, depth + 1) for inner in value]
    return clean(_written(value))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _is_nfc(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)
