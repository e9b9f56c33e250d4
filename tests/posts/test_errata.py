from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from syndicate.model import Erratum, FiledPost
from syndicate.posts.entry import make_entry
from syndicate.posts.errata import noted
from tests.posts.samples import NOON, front, read, site

AT = datetime(2026, 1, 3, tzinfo=UTC)
FIRST = Erratum(at=AT, text="[정정] 규모 4.2")
SECOND = Erratum(at=AT + timedelta(hours=1), text="[정정] <규모>\n4.1")


def test_nothing_stands_above_a_post_that_was_right() -> None:
    assert noted([]) == ""


def test_the_newest_correction_stands_first_each_on_a_line_of_its_own() -> None:
    assert noted([FIRST, SECOND]) == (
        "<p><strong>[정정] &lt;규모&gt; 4.1</strong></p>\n"
        "<p><strong>[정정] 규모 4.2</strong></p>\n"
    )


def test_a_corrected_entry_is_updated_and_begins_with_its_note() -> None:
    reading = read(front("title: 강진", body="규모 5.2 지진."))
    assert reading.post
    filed = FiledPost(post=reading.post, identity="tag:x,2026:1", first_seen=NOON)
    before = make_entry(filed, reading.body, site())
    after = make_entry(replace(filed, errata=(FIRST,)), reading.body, site())

    assert after.updated == AT
    assert after.html == noted([FIRST]) + before.html
    assert after.excerpt == before.excerpt
