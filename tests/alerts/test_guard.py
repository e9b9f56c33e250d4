"""What looks like an accident waits for a person, and nothing else does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.alerts.guard import Asked, Told, holds
from syndicate.config import AlertsConfig

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DEFAULT = AlertsConfig()
OFF = AlertsConfig(storm=0, storm_posts=0, repeat_within=timedelta(0))


def asked(name: str = "a", *, is_back: bool = False) -> Asked:
    return Asked(
        title=f"[속보] {name}", link=f"https://n.example/{name}", is_back=is_back
    )


def told(name: str = "z", *, ago: timedelta = MINUTE, **changes: Any) -> Told:
    fields: dict[str, Any] = {
        "at": NOW - ago,
        "title": f"[속보] {name}",
        "link": f"https://n.example/{name}",
        "automatic": True,
        "number": 7,
    }
    return Told(**fields | changes)


def decide(
    *posts: Asked,
    before: tuple[Told, ...] = (),
    crowd: int = 0,
    config: AlertsConfig = DEFAULT,
) -> list[str | None]:
    return holds(posts, before, config=config, crowd=crowd, now=NOW)


def held(*posts: Asked, **story: Any) -> list[bool]:
    return [why is not None for why in decide(*posts, **story)]


def test_one_new_post_is_news() -> None:
    assert decide(asked()) == [None]


def test_the_fourth_within_ten_minutes_waits() -> None:
    before = tuple(told(name) for name in "xyz")
    (why,) = decide(asked(), before=before)

    assert why
    assert why.startswith("3 automatic alerts came shortly before")
    assert "syndicate approve --all" in why
    assert "reject --all" in why
    assert held(asked(), before=before[:2]) == [False]
    assert held(asked("a"), asked("b"), before=before[:2]) == [False, True]


def test_what_is_long_ago_or_was_pushed_by_a_person_is_no_storm() -> None:
    old = tuple(told(name, ago=11 * MINUTE) for name in "xyz")
    by_hand = tuple(told(name, automatic=False) for name in "xyz")

    assert held(asked(), before=old) == [False]
    assert held(asked(), before=by_hand) == [False]


def test_after_a_minute_of_rest_what_was_held_is_no_storm_any_more() -> None:
    crowd = [told(str(n), ago=2 * MINUTE, was_held=True) for n in range(12)]
    straggler = told("late", ago=MINUTE * 0.75, was_held=True)
    at_last = told("late", ago=MINUTE * 1.5, was_held=True)

    assert held(asked(), before=tuple(crowd)) == [False]
    assert held(asked(), before=(*crowd, at_last, straggler)) == [True]
    assert held(*map(asked, "abcd"), before=tuple(crowd)) == [True] * 4


def test_a_slow_storm_lets_no_more_out_than_three_in_ten_minutes() -> None:
    out = [
        told(name, ago=ago * MINUTE) for name, ago in zip("xyz", (9, 7, 5), strict=True)
    ]
    kept = [told(str(n), ago=n * MINUTE, was_held=True) for n in (3, 2)]

    assert held(asked(), before=(*out, *kept)) == [True]


def test_more_than_three_of_one_moment_all_wait() -> None:
    four = [asked(name) for name in "abcd"]

    assert held(*four) == [True] * 4
    assert held(*four[:3]) == [False] * 3
    assert "4 posts ask for an alert at once" in str(decide(*four)[0])


@pytest.mark.parametrize("crowd", [24, 25, 5000])
def test_a_crowd_of_new_posts_is_a_checkout_and_no_news(crowd: int) -> None:
    (why,) = decide(asked(), crowd=crowd)

    assert (why is not None) == (crowd >= 25)
    assert why is None or f"{crowd} new posts came within a minute" in why


def test_the_same_address_or_title_is_a_repeat() -> None:
    same_link = told("a", title="다른 제목")
    same_title = told("z", title="  [속보]   A ", number=9)

    assert decide(asked(), before=(same_link,)) == ["alert 7 has the same address"]
    assert decide(asked("a"), before=(same_title,)) == ["alert 9 has the same title"]


def test_a_repeat_counts_whoever_told_it_first_and_for_six_hours() -> None:
    assert held(asked(), before=(told("a", automatic=False),)) == [True]
    assert held(asked(), before=(told("a", ago=6 * HOUR - MINUTE),)) == [True]
    assert held(asked(), before=(told("a", ago=6 * HOUR),)) == [False]


def test_of_two_twins_the_first_goes() -> None:
    assert decide(asked(), asked()) == [
        None,
        "another alert of this moment has the same address",
    ]


def test_a_post_the_feeds_had_before_the_database_waits() -> None:
    (why,) = decide(asked(is_back=True))

    assert why == "the feeds had it before the database: was that restored?"


def test_every_brake_can_be_taken_off() -> None:
    posts = [asked("a"), asked("a"), *(asked(str(n)) for n in range(50))]
    before = tuple(told(str(n)) for n in range(50))

    assert decide(*posts, before=before, crowd=5000, config=OFF) == [None] * 52


names = st.sampled_from("abcdef")


@given(
    posts=st.lists(st.builds(asked, names, is_back=st.booleans()), max_size=8),
    before=st.lists(
        st.builds(
            told,
            names,
            ago=st.timedeltas(timedelta(0), 12 * HOUR),
            automatic=st.booleans(),
        ),
        max_size=8,
    ),
    crowd=st.integers(0, 50),
    storm=st.integers(0, 5),
)
def test_no_more_than_allowed_ever_go(
    posts: list[Asked], before: list[Told], crowd: int, storm: int
) -> None:
    config = AlertsConfig(storm=storm)
    found = holds(posts, before, config=config, crowd=crowd, now=NOW)
    free = [post for post, why in zip(posts, found, strict=True) if why is None]
    recent = sum(old.automatic and old.at > NOW - 10 * MINUTE for old in before)

    assert len(found) == len(posts)
    assert not any(why == "" for why in found)
    assert not storm or len(free) <= max(0, storm - recent)
    assert crowd < 25 or not free
    assert len({post.link for post in free}) == len(free)
    assert not any(post.is_back for post in free)
