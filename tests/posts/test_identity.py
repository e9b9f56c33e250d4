from datetime import UTC, datetime

import pytest

from syndicate.model import Post
from syndicate.posts.identity import Trace, chosen, mint, recognise

NOON = datetime(2026, 5, 18, 3, 0, tzinfo=UTC)


def post(
    path: str, content: str = "", *, body: str = "", guid: str = "", title: str = ""
) -> Post:
    return Post(
        path=path,
        title=title,
        link="https://news.example/t",
        published=None,
        guid=guid,
        content_hash=content.encode(),
        body_hash=body.encode(),
    )


def trace(
    identity: str,
    path: str,
    content: str = "",
    body: str = "",
    *,
    title: str = "",
    left: bool = False,
) -> Trace:
    return Trace(
        identity=identity,
        path=path,
        title=title,
        left=left,
        content_hash=content.encode(),
        body_hash=body.encode(),
    )


def test_nobody_is_known_where_nothing_is_remembered() -> None:
    assert recognise([post("a.md", "new", guid="urn:a")], []) == {}


def test_a_post_is_known_by_its_path_however_it_was_edited() -> None:
    found = recognise([post("a.md", "new")], [trace("tag:a", "a.md", "old")])

    assert found == {"a.md": "tag:a"}


def test_a_renamed_post_is_known_by_its_bytes() -> None:
    found = recognise([post("2026/b.md", "same")], [trace("tag:a", "a.md", "same")])

    assert found == {"2026/b.md": "tag:a"}


def test_a_post_that_moved_while_another_took_its_path_keeps_its_identity() -> None:
    known = [trace("tag:a", "a.md", "one")]
    found = recognise([post("a.md", "two"), post("b.md", "one")], known)

    assert found == {"b.md": "tag:a"}


def test_two_posts_that_swap_files_swap_nothing_else() -> None:
    known = [trace("tag:a", "a.md", "one"), trace("tag:b", "b.md", "two")]
    found = recognise([post("a.md", "two"), post("b.md", "one")], known)

    assert found == {"a.md": "tag:b", "b.md": "tag:a"}


def test_a_post_renamed_and_given_another_date_is_known_by_its_body() -> None:
    known = [trace("tag:a", "a.md", "one", "body")]
    found = recognise([post("b.md", "two", body="body")], known)

    assert found == {"b.md": "tag:a"}


def test_a_story_that_begins_in_the_words_of_one_long_gone_is_another() -> None:
    gone = trace("tag:a", "a.md", "one", "곧 전해 드립니다.", title="[속보] 지진")
    fire = post("b.md", "two", body="곧 전해 드립니다.", title="[속보] 화재")

    assert recognise([fire], [gone]) == {}


def test_a_post_renamed_and_given_another_title_at_once_is_known_by_its_body() -> None:
    moved = trace("tag:a", "a.md", "one", "body", title="지진", left=True)
    found = recognise([post("b.md", "two", body="body", title="강진")], [moved])

    assert found == {"b.md": "tag:a"}


def test_an_identity_the_author_wrote_down_beats_every_other_sign() -> None:
    known = [trace("urn:story:7", "a.md", "one"), trace("tag:b", "b.md", "two")]
    same_bytes = post("c.md", "two", guid="urn:story:7")
    same_path = post("b.md", "new", guid="urn:story:7")

    assert recognise([same_bytes], known) == {"c.md": "urn:story:7"}
    assert recognise([same_path], known) == {"b.md": "urn:story:7"}


def test_no_identity_is_given_twice() -> None:
    known = [trace("tag:a", "a.md", "one")]
    found = recognise([post("b.md", "one"), post("c.md", "one")], known)

    assert found == {"b.md": "tag:a"}


def test_a_file_never_read_is_not_known_by_the_bytes_it_has_not() -> None:
    assert recognise([post("b.md")], [trace("tag:a", "a.md")]) == {}


def test_the_same_file_is_given_the_same_identity_after_the_database_is_lost() -> None:
    dated = Post(path="a.md", title="t", link="", published=NOON)
    first = mint(dated, host="news.example", first_seen=NOON, taken=())
    later = mint(
        dated, host="news.example", first_seen=NOON.replace(year=2027), taken=()
    )

    assert first == later
    assert first.startswith("tag:news.example,2026-05-18:")
    assert first.isascii()


def test_a_new_post_at_a_path_that_was_used_before_is_another_post() -> None:
    first = mint(post("가.md"), host="news.example", first_seen=NOON, taken=())
    second = mint(post("가.md"), host="news.example", first_seen=NOON, taken={first})
    third = mint(
        post("가.md"), host="news.example", first_seen=NOON, taken={first, second}
    )

    assert second == f"{first}-2"
    assert third == f"{first}-3"


def test_a_guid_that_is_an_address_stands_as_it_is() -> None:
    guided = post("a.md", guid="https://news.example/속보")

    assert mint(guided, host="x", first_seen=NOON, taken=()) == (
        "https://news.example/%EC%86%8D%EB%B3%B4"
    )


def test_a_guid_that_another_post_has_is_not_given_twice() -> None:
    twin = post("b.md", guid="urn:story:7")

    assert mint(
        twin, host="news.example", first_seen=NOON, taken={"urn:story:7"}
    ).startswith("tag:news.example,")


def test_of_posts_with_one_guid_each_stays_who_it_is_in_whatever_order() -> None:
    known = [trace("urn:story:7", "a.md", "one"), trace("tag:b", "b.md", "two")]
    kept = {"a.md": "urn:story:7", "b.md": "tag:b"}
    first = post("a.md", "one", guid="urn:story:7")
    touched = post("b.md", "two", guid="urn:story:7")
    edited = post("a.md", "new", guid="urn:story:7")

    assert recognise([touched, first], known) == kept
    assert recognise([touched, edited], known) == kept
    assert recognise([post("b.md", "new", guid="urn:story:7"), edited], known) == kept


@pytest.mark.parametrize(
    "guid", ["7", "urn:///x", "urn:x:", "http://", "https:/a", "HTTP://#x", "a:"]
)
def test_a_guid_that_is_no_address_is_not_taken_for_one(guid: str) -> None:
    assert chosen(post("a.md", guid=guid)) == ""


@pytest.mark.parametrize(
    ("guid", "identity"),
    [
        (
            "urn:uuid:6E8BC430-9c3a-11d9-9669-0800200c9a66",
            "urn:uuid:6E8BC430-9c3a-11d9-9669-0800200c9a66",
        ),
        ("urn:uuid:6e8bc430", ""),
        ("tag:desk@news.example,2026-05:7#a", "tag:desk@news.example,2026-05:7#a"),
        ("tag:news.example:7", ""),
        ("tag:News.example,2026:7", ""),
        ("tag:news.example,2026:7#a#b", ""),
        ("http:x", ""),
        ("blog:[7]", "blog:%5B7%5D"),
    ],
)
def test_a_guid_of_any_kind_is_written_as_a_feed_may_hold_it(
    guid: str, identity: str
) -> None:
    assert chosen(post("a.md", guid=guid)) == identity


def test_a_post_moved_and_edited_at_once_is_known_by_its_name_or_its_title() -> None:
    moved = trace("tag:a", "a.md", "one", "body", title="지진", left=True)

    assert recognise([post("2026/a.md", "two", body="b")], [moved]) == {
        "2026/a.md": "tag:a"
    }
    assert recognise([post("b.md", "two", body="b", title="지진")], [moved]) == {
        "b.md": "tag:a"
    }


def test_a_title_used_again_long_after_is_another_story() -> None:
    gone = trace("tag:a", "a.md", "one", "body", title="지진")

    assert recognise([post("2026/a.md", "two", title="지진")], [gone]) == {}
