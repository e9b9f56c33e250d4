"""
A letter as bytes: the same words under the same number give the same bytes.

Source: RFC 5322 (its lines), RFC 2046 section 5.1.4 (text and HTML), RFC 2369 and
RFC 8058 (leaving the list with one click)
"""

from collections.abc import Mapping, Sequence
from email import policy
from email.message import EmailMessage

POLICY = policy.SMTP.clone(cte_type="7bit")  # some servers take nothing else


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
            ``language`` (BCP 47), ``date`` (RFC 5322) and ``in_reply_to``, a number.
        sender: Whom it is from, with or without a name.
        to: Who gets it. More than one do not see each other.
        number: Its Message-ID, with the angle brackets.
        unsubscribe: Address that takes a one-click unsubscription.
    """
    letter = EmailMessage(policy=POLICY)
    letter["From"] = sender
    letter["To"] = to[0] if len(to) == 1 else "undisclosed-recipients:;"
    letter["Subject"] = fields["subject"]
    if date := fields.get("date"):
        letter["Date"] = date
    letter.set_content(fields["text"])
    letter.add_alternative(fields["html"], subtype="html")
    letter.set_boundary(f"=_{number.strip('<>').partition('@')[0][:32]}")
    return b"".join(_plain_lines(fields, number, unsubscribe)) + letter.as_bytes()


def _plain_lines(
    fields: Mapping[str, str], number: str, unsubscribe: str
) -> Sequence[bytes]:
    """Write what must not be folded: the email package would encode long ones."""
    lines = {"Message-ID": number}
    if language := fields.get("language"):
        lines["Content-Language"] = language
    if earlier := fields.get("in_reply_to"):
        lines |= {"In-Reply-To": earlier, "References": earlier}
    if unsubscribe:
        lines["List-Unsubscribe"] = f"<{unsubscribe}>"
        lines["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return [
        f"{name}: {value}\r\n".encode()
        for name, value in lines.items()
        if value.isascii()
        and value.isprintable()  # nothing can begin a line of its own
    ]
