"""
A letter as bytes: the same words under the same number give the same bytes.

Source: RFC 5322 (its lines; section 3.6.4, the thread), RFC 2046 section 5.1.4 (text and HTML), RFC 2369 and
RFC 8058 (leaving the list with one click)
"""

from collections.abc import Mapping, Sequence
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import formataddr, parseaddr

POLICY = policy.SMTP.clone(cte_type="7bit")  # some servers take nothing else
LONGEST = 76  # characters of a line with an encoded word (RFC 2047 section 2)


def as_letter(
    fields: Mapping[str, str],
    *,
    sender: str,
    to: Sequence[str],
    number: str,
    unsubscribe: str = "",
) -> bytes:
    """
    Write a letter.

    Args:
        fields: ``subject``, ``text`` and ``html``; and, where they are known,
            ``language`` (BCP 47), ``date`` (RFC 5322) and ``in_reply_to``: the numbers
            of the letters above it, oldest first; it answers the last.
        sender: Whom it is from, with or without a name.
        to: Who gets it. More than one do not see each other.
        number: Its Message-ID, with the angle brackets.
        unsubscribe: Address that takes a one-click unsubscription.
    """
    letter = EmailMessage(policy=POLICY)
    letter["To"] = to[0] if len(to) == 1 else "undisclosed-recipients:;"
    if date := fields.get("date"):
        letter["Date"] = date
    letter.set_content(fields["text"])
    letter.add_alternative(fields["html"], subtype="html")
    letter.set_boundary(f"=_{number.strip('<>').partition('@')[0][:32]}")
    head = [_subject(fields["subject"]), _from(sender)]
    head += _plain_lines(fields, number, unsubscribe)
    return b"".join(head) + letter.as_bytes()


# EmailMessage would fold these two, and it loses a space where one encoded word ends.


def _subject(text: str) -> bytes:
    return f"Subject: {_encoded(' '.join(text.split()), after='Subject')}\r\n".encode()


def _from(sender: str) -> bytes:
    name, address = parseaddr(sender)
    if _is_plain(name):
        return f"From: {formataddr((name, address))}\r\n".encode()
    # On a line of its own, so that none grows too long.
    return f"From: {_encoded(name, after='From')}\r\n <{address}>\r\n".encode()


def _encoded(text: str, *, after: str) -> str:
    """Write text as encoded words (RFC 2047), or folded, after the name of its header."""
    charset = "us-ascii" if _is_plain(text) else "utf-8"
    header = Header(text, charset, maxlinelen=LONGEST, header_name=after)
    return header.encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _plain_lines(
    fields: Mapping[str, str], number: str, unsubscribe: str
) -> Sequence[bytes]:
    """Write what must not be folded: the email package would encode long ones."""
    lines = {"Message-ID": number}
    if language := fields.get("language"):
        lines["Content-Language"] = language
    if earlier := fields.get("in_reply_to"):
        lines |= {"In-Reply-To": earlier.split()[-1], "References": earlier}
    if unsubscribe:
        lines["List-Unsubscribe"] = f"<{unsubscribe}>"
        lines["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    folded = {"References": "\r\n "}  # no line may pass 998 letters
    return [
        f"{name}: {value.replace(' ', folded.get(name, ' '))}\r\n".encode()
        for name, value in lines.items()
        if value.isascii()
        and value.isprintable()  # nothing can begin a line of its own
    ]
