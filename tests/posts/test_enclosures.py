from typing import Any

import pytest

from syndicate.model import Enclosure
from syndicate.posts.enclosures import enclosures, seconds
from tests.posts.samples import front, post_of, read

SITE = "https://news.example"
URL = "https://cdn.example/1.mp3"
WHOLE = Enclosure(url=URL, type="audio/mpeg", length=123, duration=62)


def found(matter: str) -> list[Enclosure]:
    return enclosures(post_of(front("title: a\n" + matter)).fields, SITE)


@pytest.mark.parametrize(
    "matter",
    [
        f"enclosure: {{url: '{URL}', length: 123, type: audio/mpeg, duration: '1:02'}}",
        (
            f"enclosure:\n  - src: {URL}\n    size: '123'\n    mime_type: audio/mpeg\n"
            "duration: 62"
        ),
        (
            f"enclosures: ['{URL}']\nenclosure_length: 123\nenclosure_type: audio/mpeg\n"
            "itunes_duration: PT1M2S"
        ),
        f"audio: {{file: '{URL}', filesize: '123', type: Audio/MPEG; x, duration: 1m2s}}",
        (
            f"podcast_file: {URL}\npodcast_bytes: 123\npodcast_duration: '00:01:02'\n"
            "audio_type: audio/mpeg"
        ),
        f"enclosure: |\n  {URL}\n  123\n  audio/mpeg\nduration: '62'",
        f"enclosure: {URL} 123 audio/mpeg\nduration: 0:62.5",
        f"enclosure: {URL} 123 audio/mpeg\nitunes: {{duration: '1:02'}}",
    ],
)
def test_common_spellings_are_one(matter: str) -> None:
    assert found(matter) == [WHOLE]


def test_what_nobody_wrote_down_is_not_known() -> None:
    other = "https://cdn.example/get?id=1.mp3"

    assert found(f"enclosure: {other}") == [Enclosure(url=other)]


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("mp3", "audio/mpeg"),
        ("M4A?a=1#b", "audio/mp4"),
        ("mp4", "video/mp4"),
        ("ogg", None),
        ("webm", None),
    ],
)
def test_an_ending_tells_a_type_where_it_leaves_no_doubt(
    ending: str, kind: str | None
) -> None:
    url = f"https://cdn.example/1.{ending}"

    assert found(f"audio: {url}") == [Enclosure(url=url, type=kind)]


@pytest.mark.parametrize(
    "matter",
    [
        f"enclosure: {URL}",
        "enclosure: {url: 'https://cdn.example/1.ogg', length: 5}",
        f"audio: '{URL}'",
        "enclosure: {url: 'javascript:alert(1)', length: 5, type: audio/mpeg}",
    ],
)
def test_a_recording_that_players_miss_is_told_of(matter: str) -> None:
    [problem] = read(front("title: a\n" + matter)).problems

    assert (problem.code, problem.line) == ("FM029", 3)


@pytest.mark.parametrize(
    "matter",
    [
        f"enclosure: {URL} 123 audio/mpeg",
        "enclosure: /audio/1.mp3",
        "video: https://video.example/watch?v=1",
        "enclosures: []",
        f"enclosures: ['{URL}', '/audio/1.mp3']",
    ],
)
def test_of_other_recordings_nothing_is_said(matter: str) -> None:
    assert read(front("title: a\n" + matter)).problems == ()


def test_an_address_may_be_on_the_site() -> None:
    [one] = found("enclosure: /소리/첫 회.mp3")

    assert one.url == f"{SITE}/%EC%86%8C%EB%A6%AC/%EC%B2%AB%20%ED%9A%8C.mp3"


def test_each_recording_stands_once_and_only_the_first_is_said_to_last_so_long() -> (
    None
):
    first, second = found(f"enclosure: {URL}\naudio: {URL}\nvideo: /a.mp4\nduration: 9")

    assert first == Enclosure(url=URL, type="audio/mpeg", duration=9)
    assert second == Enclosure(url=f"{SITE}/a.mp4", type="video/mp4")


@pytest.mark.parametrize(
    "matter",
    [
        "enclosure: ''",
        "enclosure: javascript:alert(1)//a.mp3",
        "enclosure: {length: 5}",
        "video: dQw4w9WgXcQ",
        "video: https://video.example/watch?v=1",
        "media: {url: /a.jpg, type: image/jpeg}",
        "podcast: true",
        "audio: [[]]",
    ],
)
def test_what_is_no_recording_is_left_out(matter: str) -> None:
    assert found(matter) == []


def test_a_type_says_that_it_is_a_recording() -> None:
    [one] = found("media: {url: 'https://a.example/get?id=1', type: video/mp4}")

    assert one.type == "video/mp4"


@pytest.mark.parametrize("length", ["0", "12 MB", "-1", "1.5", "١٢", "9" * 30])
def test_a_length_that_is_none_is_not_known(length: str) -> None:
    assert found(f"enclosure: {{url: '{URL}', length: '{length}'}}")[0].length is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3723", 3723),
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("PT1H2M3S", 3723),
        ("62 min 3s", 3723),
        ("0", None),
        ("0:00", None),
        ("", None),
        ("PT", None),
        ("about an hour", None),
        ("1:2:3", None),
        ("9" * 5000, None),
    ],
)
def test_durations_are_read(text: str, expected: int | None) -> None:
    assert seconds(text) == expected


def test_front_matter_in_toml_says_the_same() -> None:
    text = f'+++\ntitle = "a"\n[enclosure]\nurl = "{URL}"\nlength = 123\n+++\n글.'
    fields: dict[str, Any] = dict(post_of(text).fields)

    assert enclosures(fields, SITE) == [
        Enclosure(url=URL, type="audio/mpeg", length=123)
    ]
