"""
The gate: a new file is read back before it replaces the old one.

What fails stays out, the last good file stands, and the reason is named. A feed passes
when it is well-formed and each of its entries has an identity that no other has.
"""

from pathlib import PurePosixPath

from lxml import etree

from syndicate.feeds.feed import formats


def fault(name: str, content: bytes) -> str | None:
    """
    Say what is wrong with a file, before readers meet it.

    Args:
        name: Relative to the folder of feeds.
        content: What it would say.

    Returns:
        The reason why it must not be published; ``None`` when it is sound.
    """
    file = PurePosixPath(name).name
    how = next((each for each in formats() if each.file == file), None)
    try:
        if how and how.identities:
            return _doubled(how.identities(content))
        if file.endswith((".xml", ".opml")):
            etree.fromstring(content)
    except (ValueError, etree.XMLSyntaxError) as error:
        return str(error)
    return None


def _doubled(identities: list[str]) -> str | None:
    known: set[str] = set()
    for identity in identities:
        if not identity:
            return "an entry has no identity"
        if identity in known:
            return f"two entries are {identity}"
        known.add(identity)
    return None
