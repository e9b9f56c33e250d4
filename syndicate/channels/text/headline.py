"""
The headline of a message: its first line, with what stands before the title.

A correction or a withdrawal says so there, as in ``[취소] 제목``. So no kind shows the title
alone in the place of a headline: it would say the wrong news once more.
"""

from syndicate.model import Message


def parted(message: Message) -> tuple[str, str]:
    """
    Give the headline, on one line, and the text below it.

    The text's first line is the headline, prefix and all, as in ``[취소] 제목``. Where
    nothing stands below it, or it is the address, the title is, above the whole text;
    with its prefix, where the text has it.
    """
    head, _, rest = message.text.strip().partition("\n")
    if not rest.strip() or head.strip() == message.link:
        title = heading(message) or message.title or head
        return " ".join(title.split()), message.text
    return " ".join(head.split()), rest.strip()


def heading(message: Message) -> str:
    """Give the first line where it is the title, alone or behind a prefix; else ``""``."""
    head = message.text.partition("\n")[0]
    return head if message.title and head.endswith(message.title) else ""
