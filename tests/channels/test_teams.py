import json
from dataclasses import replace
from typing import Any

import pytest

from syndicate.errors import InDoubtError
from syndicate.model import Message, Picture, Receipt
from tests.channels.samples import make
from tests.receiver import Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] *지진*\n\n주민 대피.\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] *지진*",
    excerpt="주민 대피.",
    language="ko-KR",
    picture=Picture(url="https://news.example/1.jpg", alt="무너진 담"),
)


def card(message: Message) -> dict[str, Any]:
    body = json.loads(make("teams").write(message))
    (attachment,) = body["attachments"]
    assert body["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    content: dict[str, Any] = attachment["content"]
    return content


def test_a_card_says_the_text_in_paragraphs_with_its_link_and_picture() -> None:
    made = card(MESSAGE)

    assert (made["type"], made["version"], made["lang"]) == (
        "AdaptiveCard",
        "1.4",
        "ko",
    )
    title, excerpt, link, picture = made["body"]
    bold = {"weight": "Bolder", "size": "Medium"}
    assert title["inlines"] == [{"type": "TextRun", "text": "[속보] *지진*", **bold}]
    assert excerpt["inlines"] == [{"type": "TextRun", "text": "주민 대피."}]
    assert link["inlines"] == [
        {
            "type": "TextRun",
            "text": "https://news.example/1",
            "underline": True,
            "selectAction": {"type": "Action.OpenUrl", "url": "https://news.example/1"},
        }
    ]
    assert picture == {
        "type": "Image",
        "url": "https://news.example/1.jpg",
        "altText": "무너진 담",
    }


def test_a_title_on_a_line_of_its_own_is_bold_and_no_more() -> None:
    made = card(replace(MESSAGE, text="[속보] *지진*\n정정합니다", picture=None))

    (block,) = made["body"]
    assert [run["text"] for run in block["inlines"]] == [
        "[속보] *지진*",
        "\n정정합니다",
    ]
    assert "weight" in block["inlines"][0]
    assert "weight" not in block["inlines"][1]


def test_bare_words_are_a_card_too() -> None:
    bare = Message(text="속보", link=None, title="", excerpt="", language="")

    assert card(bare)["body"] == [
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "속보"}]}
    ]
    assert "lang" not in card(bare)
    assert "lang" not in card(replace(bare, language="haw-US"))


@pytest.mark.parametrize("letter", ["a", "속", "\n", '"', "👨‍👩‍👧"])
def test_the_longest_card_stays_below_28_kilobytes(letter: str) -> None:
    most = letter * (9_000 // len(letter.encode()))
    url = "https://news.example/" + "x" * 2_000
    picture = Picture(url=url, alt="가" * 5_000)
    longest = replace(MESSAGE, text=most, title=letter * 200, picture=picture)

    assert len(make("teams").write(longest).encode()) < 28_000


@pytest.mark.parametrize("words", ["가\n\n", "http://a.kr/ "])
def test_many_paragraphs_or_links_are_one_block(words: str) -> None:
    text = words * (8_900 // len(words.encode())) + "https://news.example/1"
    made = make("teams").write(replace(MESSAGE, text=text))

    assert len(made.encode()) < 28_000
    block, picture = json.loads(made)["attachments"][0]["content"]["body"]
    assert "".join(run["text"] for run in block["inlines"]) == text
    assert block["inlines"][-1]["selectAction"]["url"] == "https://news.example/1"
    assert picture["type"] == "Image"


def test_an_empty_acceptance_is_one_and_words_are_not() -> None:
    with Receiver(answer(202, b"")) as peer:
        channel = make("teams", peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    assert receipt == Receipt(remote_id=KEY)
    hidden = answer(200, b"Webhook message delivery failed: HTTP error 429")
    with Receiver(hidden) as peer, pytest.raises(InDoubtError):
        make("teams", peer.url).send("{}", key=KEY)


def test_the_signature_alone_is_a_secret_too() -> None:
    assert "put-the-signature-here" in make("teams").secrets()  # type: ignore[attr-defined]
