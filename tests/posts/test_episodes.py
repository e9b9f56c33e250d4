import pytest

from syndicate.model import Episode, Person, Transcript
from syndicate.posts.episodes import episode
from tests.posts.samples import front, post_of

SITE = "https://news.example"


def read(matter: str) -> Episode:
    return episode(post_of(front("title: a\n" + matter)).fields, SITE)


@pytest.mark.parametrize(
    "matter",
    [
        (
            "episode: 3\nseason: 2\nepisode_type: Trailer\nexplicit: 'yes'\n"
            "episode_image: /a.jpg"
        ),
        (
            "itunes_episode: 3\nitunes_season: 2\nitunes_episodeType: trailer\n"
            "itunes_explicit: true\npodcast_image: /a.jpg"
        ),
        "podcast: {episode: 3, season: 2, type: trailer, explicit: explicit, image: /a.jpg}",
        (
            "itunes:\n  episode: 3\n  season: 2\n  episodeType: trailer\n  explicit: true\n"
            "  image: /a.jpg"
        ),
    ],
)
def test_common_spellings_are_one(matter: str) -> None:
    image = f"{SITE}/a.jpg"

    assert read(matter) == Episode(
        number=3, season=2, kind="trailer", is_explicit=True, image=image
    )


def test_a_post_that_says_nothing_has_a_plain_episode() -> None:
    assert read("image: /a.jpg\nepisode: first\nepisode_type: odd") == Episode()
    assert read("episode: 0").number is None
    assert read("explicit: clean").is_explicit is False
    assert read("podcast: {episode: 7}").number == 7


def test_transcripts_need_a_type() -> None:
    matter = (
        "transcript: /a.srt\ntranscripts:\n"
        "  - {url: /b, type: text/html, lang: ko}\n  - /c"
    )

    assert read(matter).transcripts == (
        Transcript(url=f"{SITE}/a.srt", type="application/x-subrip"),
        Transcript(url=f"{SITE}/b", type="text/html", language="ko"),
    )


def test_chapters_are_a_file() -> None:
    assert read("chapters: /a.json").chapters == f"{SITE}/a.json"
    assert read("chapters: ['00:00 처음']").chapters == ""


def test_persons_are_named() -> None:
    matter = (
        "hosts: [김기자]\nguest: {name: 박교수, href: /park, img: /p.jpg}\n"
        "persons:\n  - {name: 이편집, role: Editor}\n  - {role: nobody}"
    )

    assert read(matter).persons == (
        Person(name="이편집", role="editor"),
        Person(name="김기자", role="host"),
        Person(
            name="박교수",
            role="guest",
            url=f"{SITE}/park",
            image=f"{SITE}/p.jpg",
        ),
    )
