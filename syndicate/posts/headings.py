"""The first heading of a body, which names a post that has no title."""

import re

from syndicate.posts.bounds import end_of
from syndicate.posts.late import late
from syndicate.posts.markdown import to_html
from syndicate.posts.markup import plain_text
from syndicate.posts.plain import clean, one_line

HEADING = late(r"<h[1-6](?:\s[^<>]*)?>(.*?)</h[1-6]>", re.DOTALL)


def first_heading(body: str) -> str:
    """Give the first heading as plain text; nothing where there is none."""
    found = HEADING.search(to_html(clean(body[: end_of(body)])))
    text = one_line(plain_text(found[1])) if found else ""
    return "" if "{{" in text else text
