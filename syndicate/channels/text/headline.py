"""A message parted into a headline and what stands below it."""

from syndicate.model import Message


def parted(message: Message) -> tuple[str, str]:
    """
    Give the headline, on one line, and the text below it.

    The text's first line is the headline, prefix and all, as in ``[취소] 제목``. Where
    nothing stands below it, or it is the address, the title is, above the whole text.
    """
    head, _, rest = message.text.strip().partition("\n")
    if not rest.strip() or head.strip() == message.link:
        return " ".join((message.title or head).split()), message.text
    return " ".join(head.split()), rest.strip()
