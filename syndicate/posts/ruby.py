"""
Readings above characters: ``<ruby>漢<rt>한</rt></ruby>``.

A reading that does not stand directly in its ``ruby`` is an error of HTML, and of a feed
to the W3C validator (NotHtml). There is no telling what it reads, so it becomes text.

Source: html.spec.whatwg.org, section 13.2.6.4.7 (a start tag of ``rt`` in a body)
"""

from syndicate.posts.late import late

TAG = late(r"<(/?)([a-z][a-z0-9]*)(?: [^<>]*)?>")
PARTS = late(r"</?(?:ruby|rt|rp)(?: [^<>]*)?>")
READINGS = frozenset({"rt", "rp"})
VOID = frozenset("br col hr img source track wbr".split())


def with_readings_in_place(html: str) -> str:
    """
    Make text of readings where one is out of place.

    Args:
        html: Canonical, as ``sanitise`` makes it.

    Returns:
        ``html`` itself, where all stand well.
    """
    opened: list[str] = []
    for closing, name in TAG.findall(html):
        if closing:
            del opened[-1:]
        elif name not in VOID:
            if name in READINGS and opened[-1:] != ["ruby"] and "ruby" in opened:
                return PARTS.sub("", html)
            opened.append(name)
    return html
