"""
Writes a folder of posts to measure with: the same number gives the same bytes.

A post has about 6 KB and the shape a Korean news site's blog editor leaves behind:
front matter with a folded excerpt and two pictures, then Markdown and raw HTML in turn,
bold and coloured spans, lists opened in the middle of a line, empty paragraphs with
``data-ke-size``. The words are syllables drawn by lot and mean nothing.

    python bench/posts.py 10000 FOLDER
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

SEOUL = timezone(timedelta(hours=9))
NEWEST = datetime(2025, 6, 30, 18, 0, tzinfo=SEOUL)
APART = timedelta(minutes=47)
UNDATED = 1000  # one post in so many says no date, as editors forget it
ALL_DATED = 10_000  # from here on: which undated post is new nobody can say
SIZE_BYTES = 4_300  # of a body, at least

SYLLABLES = [
    *"가나다라마바사아자하고노도로모보소오조호구누두루무부수우주후기니디리미비시이지히"
]
ENDINGS = ["을", "는", "에서", "으로", "까지", "보다", "처럼", "마다", "에게", "의"]
VERBS = ["했습니다", "였습니다", "됩니다", "있습니다", "보입니다", "나섰습니다"]
COLOURS = ["#ee2323", "#1a5490", "#006dd7"]
CATEGORIES = ["News", "속보", "Culture", "교통", "Sport", "날씨", "Market", "바다"]
EMPTY = '<p data-ke-size="size16">&nbsp;</p>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A post of the folder: its file's name and its text."""

    name: str
    text: str


def posts(
    number: int, *, seed: int = 1, tags: int = 0, size_bytes: int = SIZE_BYTES
) -> Iterator[Written]:
    """Give so many posts, newest first. A post does not depend on how many follow."""
    for index in range(number):
        yield post(index, seed=seed, tags=tags, size_bytes=size_bytes)


def post(
    index: int, *, seed: int = 1, tags: int = 0, size_bytes: int = SIZE_BYTES
) -> Written:
    """
    Give the post with a number; 0 is the newest.

    Args:
        index: Its number.
        seed: Another one gives other posts.
        tags: How many there are to draw from; 0: any word, 20,000 in 10,000 posts.
        size_bytes: Of the body, at least.
    """
    lot = random.Random(f"{seed}/{index}")
    date = NEWEST - index * APART
    is_dated = index >= ALL_DATED or index % UNDATED != UNDATED // 2
    slug = f"{_word(lot)}-{index}" if index % 4 == 0 else f"news-{index}"
    title = f"{_words(lot, 5)} {index}"
    head = _front_matter(lot, title, date if is_dated else None, tags=tags)
    name = f"{date:%Y-%m-%d}-{slug}.md" if is_dated else f"{slug}.md"
    return Written(name=name, text=f"---\n{head}---\n\n{_body(lot, size_bytes)}\n")


def write_posts(
    folder: Path, number: int, *, tags: int = 0, size_bytes: int = SIZE_BYTES
) -> None:
    """Write so many posts into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in posts(number, tags=tags, size_bytes=size_bytes):
        (folder / each.name).write_text(each.text, "utf-8")


def _front_matter(
    lot: random.Random, title: str, date: datetime | None, *, tags: int
) -> str:
    picture = f"https://news.example/images/{lot.randrange(500)}.jpg"
    drawn = dict.fromkeys(_tag(lot, tags) for _ in range(3))
    dated = [f"date: {date:%Y-%m-%d %H:%M:%S %z}"] if date else []
    lines = [
        f"title: {title}",
        *dated,
        "categories:",
        f"  - {lot.choice(CATEGORIES)}",
        f"tags: [{', '.join(drawn)}]",
        "excerpt: >",
        f"  {_sentence(lot)} {_words(lot, 4)} …",
        "feature_text: >",
        f"  ## {_words(lot, 4)}",
        "",
        f"  {_sentence(lot)}",
        f"feature_image: '{picture}'",
        f"image: '{picture}'",
    ]
    return "\n".join([*lines, ""])


def _tag(lot: random.Random, tags: int) -> str:
    return f"{SYLLABLES[0]}{lot.randrange(tags)}" if tags else _word(lot)


def _body(lot: random.Random, size_bytes: int) -> str:
    parts = [
        f"![{_words(lot, 2)}](https://news.example/images/{lot.randrange(500)}.jpg)",
        (
            f'<p>출처: <a href="https://source.example/{lot.randrange(9999)}" '
            f'rel="dofollow">{_words(lot, 5)}</a> | {_word(lot)}</p>'
        ),
        f'<h2 data-ke-size="size26">{_words(lot, 4)}</h2>',
        EMPTY,
    ]
    size = 0
    while size < size_bytes:
        part = lot.choices([_paragraph, _heading, _list], [6, 2, 1])[0](lot)
        parts.append(part)
        size += len(part.encode())
    parts += ["<hr>", f"<b>{_span(lot)}</b> \n{_sentence(lot)}"]
    return "\n\n".join(parts)


def _paragraph(lot: random.Random) -> str:
    told = [_sentence(lot) for _ in range(lot.randint(2, 4))]
    told.insert(lot.randrange(len(told)), f"<b>{_span(lot)}</b>")
    told.insert(lot.randrange(len(told)), f"**{_words(lot, 2)}**, <b>{_word(lot)}</b>")
    return " ".join(told)


def _heading(lot: random.Random) -> str:
    return f"{EMPTY}\n\n{_words(lot, 4)}\n\n{EMPTY}"


def _list(lot: random.Random) -> str:
    if lot.random() < 0.5:
        lines = "\n".join(f"- {_words(lot, 3)}" for _ in range(3))
        return f"{_sentence(lot)} \n{lines}"
    lines = "\n".join(f"<li>{_words(lot, 3)}</li>" for _ in range(3))
    return f"{_sentence(lot)} <ul>\n{lines}\n</ul>"


def _span(lot: random.Random) -> str:
    kind = lot.choice(["color", "background-color"])
    return f'<span style="{kind}: {lot.choice(COLOURS)};">{_sentence(lot)}</span>'


def _sentence(lot: random.Random) -> str:
    words = [_word(lot) + lot.choice(ENDINGS) for _ in range(lot.randint(6, 10))]
    return f"{' '.join(words)} {_word(lot)}{lot.choice(VERBS)}."


def _words(lot: random.Random, number: int) -> str:
    return " ".join(_word(lot) for _ in range(number))


def _word(lot: random.Random) -> str:
    return "".join(lot.choices(SYLLABLES, k=lot.randint(2, 4)))


if __name__ == "__main__":
    write_posts(Path(sys.argv[2]), int(sys.argv[1]))
