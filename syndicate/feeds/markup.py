"""HTML written by calls. Whatever is not an element is text, and escaped."""

from html import escape

VOID = frozenset({"img", "link", "meta"})
"""Elements without an end, of those we write (HTML, section 13.1.2)."""


class Html(str):
    """HTML that stands as it is."""

    __slots__ = ()


def element(name: str, /, *content: str, **attributes: str) -> Html:
    """
    Write an element.

    Args:
        name: Of the element.
        content: Elements, which stand, and text, which is escaped.
        attributes: As text. An ``_`` stands for a hyphen; one at the end is dropped.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    if name in VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(*content)}</{name}>")


def joined(*content: str, by: str = "") -> Html:
    """Put elements, which stand, and text, which is escaped, one after the other."""
    parts = (part if isinstance(part, Html) else escape(part) for part in content)
    return Html(by.join(parts))
