"""
Whether a request still wants its answer: ``If-Match`` and ``If-Unmodified-Since``.

Readers of feeds hardly send them; those who fetch a file in pieces do, lest the pieces
be of two versions. Source: RFC 9110 sections 13.1.1, 13.1.4 and 13.2.2
"""

import re
from collections.abc import Collection, Mapping

from syndicate.web.conditional import seconds_of

_TAG = re.compile(r'(W/)?("[^"]*")')


def fails(
    headers: Mapping[bytes, str], tags: Collection[str], *, modified: float
) -> bool:
    """
    Tell whether 412 is the answer.

    Args:
        headers: Of the request.
        tags: Strong entity tags of the present version, one for each coding.
        modified: When the file was, in seconds since 1970.
    """
    wanted = headers.get(b"if-match")
    if wanted is not None:
        strong = {tag for weak, tag in _TAG.findall(wanted) if not weak}
        return wanted.strip() != "*" and strong.isdisjoint(tags)
    since = seconds_of(headers.get(b"if-unmodified-since", ""))
    return since is not None and int(modified) > since
