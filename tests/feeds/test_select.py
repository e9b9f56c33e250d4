from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from syndicate.config import Config
from syndicate.feeds import select
from syndicate.feeds.select import Selected, Selector
from syndicate.model import FiledPost, Post

NOW = datetime(2024, 5, 18, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
EVERY = ("category", "tag", "author", "language")


def filed(
    name: str,
    published: datetime | None = NOW,
    first_seen: datetime = NOW,
    **fields: Any,
) -> FiledPost:
    link = f"https://news.example/{name}"
    about = {"path": f"{name}.md", "title": name, "link": link} | fields
    post = Post(published=published, **about)
    return FiledPost(post=post, identity=f"tag:{name}", first_seen=first_seen)


def config(*by: str, limit: int = 9, author: str = "") -> Config:
    return Config.model_validate(
        {
            "site": {"url": "https://news.example", "language": "ko", "author": author},
            "feeds": {"by": list(by), "entries": limit},
        }
    )


def names(posts: Sequence[FiledPost]) -> list[str]:
    return [each.post.title for each in posts]


def newest(
    posts: Sequence[FiledPost], *, now: datetime = NOW, limit: int = 9
) -> list[str]:
    return names(select(posts, now=now, config=config(limit=limit)).site.posts)


def by_topic(selected: Selected) -> dict[str, list[str]]:
    return {each.folder: names(each.posts) for each in selected.feeds}


def test_the_newest_stand_first_and_the_oldest_drop_out() -> None:
    posts = [filed("old", NOW - DAY), filed("new"), filed("older", NOW - 2 * DAY)]

    assert newest(posts, limit=2) == ["new", "old"]


def test_a_post_waits_for_its_time() -> None:
    soon = filed("soon", NOW + DAY)

    assert newest([soon]) == []
    assert newest([soon], now=NOW + DAY) == ["soon"]


def test_a_post_without_a_date_counts_from_when_it_was_first_seen() -> None:
    undated = filed("undated", None, NOW - DAY)
    posts = [filed("old", NOW - 2 * DAY), undated, filed("new")]

    assert newest(posts) == ["new", "undated", "old"]
    assert newest([filed("later", None, NOW + DAY)]) == []


def test_of_one_moment_the_one_seen_last_stands_first() -> None:
    midnight = NOW - DAY
    posts = [filed("z-early", midnight, NOW - DAY), filed("a-late", midnight, NOW)]

    assert newest(posts) == ["a-late", "z-early"]


def test_the_order_never_depends_on_how_a_folder_is_read() -> None:
    posts = [filed("a"), filed("b"), filed("c"), filed("d", NOW - DAY)]

    orders = {tuple(newest(each, limit=3)) for each in permutations(posts)}
    assert orders == {("c", "b", "a")}


def test_every_category_tag_author_and_language_has_its_feed() -> None:
    posts = [
        filed("a", categories=["사회"], tags=["지진", "R&D"], authors=["김 기자"]),
        filed("b", NOW - DAY, tags=["지진"], language="en-US"),
    ]

    selected = select(posts, now=NOW, config=config(*EVERY, author="편집국"))

    assert by_topic(selected) == {
        "": ["a", "b"],
        "category/사회/": ["a"],
        "tag/지진/": ["a", "b"],
        "tag/r-d/": ["a"],
        "author/김-기자/": ["a"],
        "author/편집국/": ["b"],
        "language/ko/": ["a"],
        "language/en-us/": ["b"],
    }
    assert [each.folder for each in selected.topics] == [
        "category/사회/",
        "tag/r-d/",
        "tag/지진/",
        "author/김-기자/",
        "author/편집국/",
        "language/en-us/",
        "language/ko/",
    ]


def test_without_a_wish_there_is_one_feed() -> None:
    selected = select([filed("a", tags=["지진"])], now=NOW, config=config())

    assert by_topic(selected) == {"": ["a"]}


def test_a_wish_said_twice_counts_once() -> None:
    selected = select([filed("a", tags=["x"])], now=NOW, config=config("tag", "tag"))

    assert by_topic(selected) == {"": ["a"], "tag/x/": ["a"]}


def test_nothing_is_filed_under_nobody_or_under_blanks() -> None:
    blank = filed("a", tags=["", " \x00"])

    selected = select([blank], now=NOW, config=config("tag", "author"))

    assert by_topic(selected) == {"": ["a"]}


def test_a_topic_whose_posts_are_all_to_come_does_not_show() -> None:
    posts = [filed("soon", NOW + DAY, tags=["비밀"])]
    selector = Selector(config("tag"))

    assert by_topic(selector.select(posts, now=NOW)) == {"": []}
    assert by_topic(selector.select(posts, now=NOW + DAY))["tag/비밀/"] == ["soon"]
    assert by_topic(selector.select(posts, now=NOW)) == {"": []}


def test_topics_stand_in_order_however_many_come_at_once() -> None:
    many = filed("a", tags=[f"{number:03}" for number in range(300, 0, -2)])
    late = filed("b", tags=["007", "001"])
    selector = Selector(config("tag"))

    def slugs(*posts: FiledPost) -> list[str]:
        return [each.slug for each in selector.select(posts, now=NOW).topics]

    assert slugs(many) == sorted(many.post.tags)
    assert slugs(many, late) == sorted([*many.post.tags, *late.post.tags])
    assert slugs(late) == ["001", "007"]


def test_spellings_of_one_name_share_a_feed_under_one_title() -> None:
    posts = [filed("a", tags=["ai"]), filed("b", tags=["AI", "ai"])]

    for order in permutations(posts):
        selected = select(order, now=NOW, config=config("tag"))
        assert by_topic(selected)["tag/ai/"] == ["b", "a"]
        assert [each.name for each in selected.topics] == ["AI"]


def test_of_names_with_one_slug_the_first_seen_keeps_it() -> None:
    sharp, plain = filed("a", tags=["C#"]), filed("b", first_seen=NOW + DAY, tags=["C"])
    selector = Selector(config("tag"))

    def addresses(*posts: FiledPost) -> dict[str, str]:
        selected = selector.select(posts, now=NOW + DAY)
        return {each.name: each.slug for each in selected.topics}

    assert addresses(sharp) == {"C#": "c"}
    both = addresses(sharp, plain)
    assert both["C#"] == "c"
    assert both["C"].startswith("c_")
    assert addresses(plain) == {"C": "c"}


def test_what_is_untouched_stays_the_same_object() -> None:
    calm, lively = filed("calm", tags=["고요"]), filed("lively", tags=["분주"])
    selector = Selector(config("tag"))
    before = {e.folder: e for e in selector.select([calm, lively], now=NOW).feeds}

    again = selector.select([calm, lively], now=NOW + timedelta(minutes=1))
    after = selector.select([calm, lively, filed("new", tags=["분주"])], now=NOW)
    now = {each.folder: each for each in after.feeds}

    assert all(each is before[each.folder] for each in again.feeds)
    assert now["tag/고요/"] is before["tag/고요/"]
    assert now["tag/분주/"] is not before["tag/분주/"]


def test_news_is_what_two_days_brought() -> None:
    posts = [filed("old", NOW - 2 * DAY), filed("news", NOW - DAY), filed("new")]
    posts.append(filed("soon", NOW + 3 * DAY))

    selected = select(posts, now=NOW, config=config(limit=1))

    assert names(selected.news) == ["new", "news"]
    assert selected.until == NOW + DAY


def test_there_are_at_most_a_thousand_news() -> None:
    posts = [filed(f"{number}") for number in range(1001)]

    assert len(select(posts, now=NOW, config=config()).news) == 1000


def test_the_clock_changes_nothing_until_it_says_so() -> None:
    posts = [filed("now"), filed("soon", NOW + DAY)]
    selector = Selector(config())
    assert selector.until is None
    first = selector.select(posts, now=NOW)

    assert first.until == selector.until == NOW + DAY
    assert selector.select(posts, now=NOW + DAY / 2) is first
    later = selector.select(posts, now=NOW + DAY)
    assert names(later.site.posts) == ["soon", "now"]
    assert later.until == NOW + 2 * DAY
    assert selector.select(posts, now=NOW + 9 * DAY).until is None


TAGS = ["지진", "C", "C#", "c++", "!", "AI", "ai"]


def test_a_post_finds_its_place_among_those_there() -> None:
    selector = Selector(config())
    old, new = filed("old", NOW - DAY), filed("new")
    selector.select([old, new], now=NOW)

    between = filed("between", NOW - DAY / 2)

    selected = selector.select([old, new, between], now=NOW)
    assert names(selected.site.posts) == ["new", "between", "old"]


some_posts = st.lists(
    st.builds(
        filed,
        st.sampled_from("abcdef"),
        st.sampled_from([NOW - DAY, NOW, NOW + DAY]),
        st.sampled_from([NOW - DAY, NOW]),
        tags=st.lists(st.sampled_from(TAGS), max_size=3),
        language=st.sampled_from(["", "en"]),
    ),
    unique_by=lambda each: each.identity,
)


@given(st.lists(st.tuples(some_posts, st.sampled_from([NOW, NOW + DAY]))))
def test_step_by_step_gives_what_one_step_gives(
    steps: list[tuple[list[FiledPost], datetime]],
) -> None:
    wanted = config("tag", "language", limit=2)
    selector = Selector(wanted)

    for posts, now in steps:
        stepwise = selector.select(posts, now=now)
        at_once = select(posts, now=now, config=wanted)

        assert by_topic(stepwise) == by_topic(at_once)
        assert stepwise.topics == at_once.topics
        assert (stepwise.news, stepwise.until) == (at_once.news, at_once.until)


def test_many_posts_may_change_places_at_once() -> None:
    """A folder that is read in another order says nothing new."""
    posts = [filed(f"{number}", NOW - number * DAY) for number in range(300)]
    selector = Selector(config())
    before = selector.select(posts, now=NOW)

    assert selector.select(posts[::-1], now=NOW) is before


def test_a_post_may_take_the_place_of_its_old_version() -> None:
    posts = [filed(f"{number}", NOW - number * DAY) for number in range(5)]
    selector = Selector(config())
    selector.select(posts, now=NOW)
    posts[3] = filed("3", NOW + DAY)

    assert names(selector.select(posts, now=NOW + DAY).site.posts) == list("30124")


def test_who_chooses_ahead_and_back_has_the_very_same_feeds_again() -> None:
    """So they need not be written again: nothing about them has changed."""
    there = [filed("a", categories=["속보"], tags=["지진"]), filed("b", tags=["비"])]
    new = filed("new", categories=["속보"], tags=["해"])
    selector = Selector(config(*EVERY))
    before = selector.select(there, now=NOW)

    ahead = selector.select([*there, new], now=NOW)
    back = selector.select(there, now=NOW)
    again = selector.select([*there, replace(new)], now=NOW)

    for one, other in ((before, back), (ahead, again)):
        assert by_topic(one) == by_topic(other)
        assert set(one.feeds) == set(other.feeds)
        assert one.topics is other.topics
        assert one.until == other.until
    assert by_topic(ahead)["tag/해/"] == ["new"]
    assert "tag/해/" not in by_topic(back)


def test_a_feed_chosen_ahead_is_not_taken_for_another_one() -> None:
    there = [filed("a", tags=["비"])]
    selector = Selector(config("tag"))
    selector.select(there, now=NOW)
    selector.select([*there, filed("new", tags=["비"])], now=NOW)
    selector.select(there, now=NOW)

    chosen = selector.select([*there, filed("other", tags=["비"])], now=NOW)

    assert by_topic(chosen) == {
        "": ["other", "a"],
        "tag/비/": ["other", "a"],
    }


@pytest.mark.parametrize("gone", [[0], [9], [4], [0, 9], [3, 4], range(10), []])
@pytest.mark.parametrize("new", [0, 1, 3])
def test_it_does_not_matter_where_posts_go_and_come(
    gone: Sequence[int], new: int
) -> None:
    wanted = config("tag", limit=4)
    posts = [filed(str(number), tags=[f"t{number % 3}"]) for number in range(13)]
    before = posts[:10]
    after = [each for at, each in enumerate(posts[: 10 + new]) if at not in gone]
    selector = Selector(wanted)
    for chosen in (before, after, before):
        anew = select(chosen, now=NOW, config=wanted)

        assert by_topic(selector.select(chosen, now=NOW)) == by_topic(anew)
