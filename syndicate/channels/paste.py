"""
A folder of texts that a person pastes: for places that take nothing from programs.

Naver's blogs, cafes and channels have no interface for posts, and others close theirs.
So each alert becomes a file with all that is to be pasted, one block for each field.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from syndicate.channels.base import Channel
from syndicate.channels.text.headline import parted
from syndicate.channels.wire.key import moment_of
from syndicate.config import Section
from syndicate.errors import NotSentError
from syndicate.model import Limits, Memory, Message, Receipt
from syndicate.words import SaidError

REFERENCE = 16  # hex digits of the key that stand in the name
HEADS = {
    "ko": ("제목", "본문", "주소", "사진"),
    "en": ("TITLE", "TEXT", "ADDRESS", "PICTURE"),
}


def _folder(path: Path) -> Path:
    full = path.expanduser()
    if not full.is_absolute():
        raise SaidError("write the whole path of a folder, such as ~/to-paste")
    return full


class PasteConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "paste"``."""

    folder: Annotated[Path, AfterValidator(_folder)]
    """Where the files go; made if it is not there. ``~`` is the home folder."""


class Paste(Channel[PasteConfig]):
    """
    One folder.

    A repeat writes the same file again, and its name holds the key, so nobody pastes
    it twice.
    """

    Config: ClassVar[type[PasteConfig]] = PasteConfig
    limits: ClassVar[Limits] = Limits(
        text=5_000,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(days=3_650),
    )

    def write(self, message: Message) -> str:  # noqa: D102
        picture = message.picture
        shown = f"{picture.url}\n{picture.alt}".strip() if picture else ""
        fields = (*parted(message), message.link or "", shown)
        language = message.language.partition("-")[0].lower()
        blocks = [
            f"── {head} ──\n{text}\n"
            for head, text in zip(HEADS.get(language, HEADS["en"]), fields, strict=True)
            if text
        ]
        return "\n".join([f"{message.severity}\n", *blocks])

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        moment = moment_of(key)
        name = f"{moment:%Y%m%d-%H%M%S}-{key[:REFERENCE]}.txt"
        path = self.config.folder / name
        try:
            self.config.folder.mkdir(parents=True, exist_ok=True)
            _put(path, f"{moment:%Y-%m-%d %H:%M:%S} UTC, {body}")
        except OSError as error:
            raise NotSentError(f"{path}: {error.strerror}") from error
        return Receipt(remote_id=path.name, url=path.as_uri())


def _put(path: Path, text: str) -> None:
    """Write a file so that whoever looks into the folder sees it whole or not at all."""
    aside = path.with_name(f".{path.name}")
    with aside.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
