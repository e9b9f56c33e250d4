import json
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from syndicate.alerts.compose import compose, outgoing
from syndicate.alerts.count import count
from syndicate.channels import built_in
from syndicate.channels.base import Channel
from syndicate.config import Section
from syndicate.errors import UsageError
from syndicate.model import (
    Alert,
    Limits,
    Message,
    Outgoing,
    Picture,
    PictureLimits,
    Receipt,
    Severity,
    Unit,
)
from tests.channels.samples import make

# The machine may be busy; time is not what these are about.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LINK = "https://news.example/2026/11/22/%EC%A7%80%EC%A7%84.html"
TITLE = "[속보] 솔바람읍 앞바다 규모 4.1 지진"
EXCERPT = "22일 오전 10시 솔바람읍 앞바다에서 지진이 났다. 피해는 아직 없다."
ALERT = Alert(
    title=TITLE,
    link=LINK,
    language="ko",
    excerpt=EXCERPT,
    severity=Severity.URGENT,
    identity="tag:news.example,2026:1",
    picture=Picture(url="https://news.example/1.jpg"),
    site="솔바람 소식",
    authors=("김하나", "이두리"),
    categories=("사회",),
)
LONG = "정부는 오늘 새로운 대책을 내놓았다. " * 40


class Paper(Channel[Section]):
    """A channel of any size."""

    Config: ClassVar[type[Section]] = Section

    def __init__(
        self,
        text: int,
        unit: Unit | Callable[[str], int] = Unit.CODE_POINTS,
        link: int | None = None,
    ) -> None:
        super().__init__(Section())
        self.limits = Limits(text=text, unit=unit, link=link)  # type: ignore[misc]

    def write(self, message: Message) -> str:
        return json.dumps({"text": message.text}, ensure_ascii=False)

    def send(self, body: str, *, key: str) -> Receipt:
        return Receipt(remote_id=key + body)


def written(
    alert: Alert, channel: Channel[Any], template: str | None = None
) -> Outgoing:
    return outgoing(
        alert, name="desk", kind="paper", channel=channel, template=template
    )


def test_a_message_holds_title_excerpt_and_address() -> None:
    message = compose(ALERT, Paper(500))

    assert message == Message(
        text=f"{TITLE}\n\n{EXCERPT}\n\n{LINK}",
        link=LINK,
        title=TITLE,
        excerpt=EXCERPT,
        language="ko",
        severity=Severity.URGENT,
        picture=ALERT.picture,
        identity=ALERT.identity,
    )


def test_what_is_shown_is_what_will_be_sent() -> None:
    found = written(ALERT, Paper(500, Unit.GRAPHEMES, 23))

    assert json.loads(found.body) == {"text": found.text}
    assert (found.channel, found.kind) == ("desk", "paper")
    assert (found.limit, found.unit) == (500, "graphemes")
    assert found.count == count(found.text, Paper(500, Unit.GRAPHEMES, 23).limits)
    assert found.warnings == ()


def test_a_template_of_the_configuration_wins() -> None:
    template = "{severity} {site}: {title} ({author}, {category}, {language})"

    assert compose(ALERT, Paper(500), template=template).text == (
        f"urgent 솔바람 소식: {TITLE} (김하나, 이두리, 사회, ko)"
    )


def test_a_template_with_an_unknown_field_is_refused() -> None:
    for template in ("{titel}", "{title} {titel}"):
        with pytest.raises(UsageError, match="titel"):
            compose(ALERT, Paper(500), template=template)
        with pytest.raises(UsageError, match="titel"):
            compose(replace(ALERT, text="속보"), Paper(500), template=template)


def test_the_excerpt_gives_way_first_and_ends_with_a_sentence() -> None:
    message = compose(ALERT, Paper(120))

    assert message.text == (
        f"{TITLE}\n\n22일 오전 10시 솔바람읍 앞바다에서 지진이 났다.\n\n{LINK}"
    )
    assert message.excerpt == "22일 오전 10시 솔바람읍 앞바다에서 지진이 났다."


def test_a_scrap_of_an_excerpt_is_left_out() -> None:
    found = written(ALERT, Paper(100))

    assert found.text == f"{TITLE}\n\n{LINK}"
    assert found.warnings == ()


def test_then_the_title_gives_way_and_that_is_said() -> None:
    found = written(ALERT, Paper(75))

    assert found.text == f"[속보] 솔바람읍 앞바다…\n\n{LINK}"
    assert found.warnings == ("your title was too long and was cut",)


def test_an_excerpt_that_only_repeats_the_title_is_left_out() -> None:
    message = compose(replace(ALERT, excerpt=f" {TITLE}\n"), Paper(500))

    assert message.text == f"{TITLE}\n\n{LINK}"


def test_an_alert_without_a_link_has_none() -> None:
    message = compose(replace(ALERT, link=None), Paper(500))

    assert message.text == f"{TITLE}\n\n{EXCERPT}"
    assert message.link is None


def test_a_link_that_was_typed_is_encoded() -> None:
    message = compose(replace(ALERT, link="https://news.example/지진"), Paper(500))

    assert message.link == "https://news.example/%EC%A7%80%EC%A7%84"
    assert message.link in message.text


# An operator's own words


def test_an_operators_words_stand_in_place_of_title_and_excerpt() -> None:
    alert = replace(ALERT, text="긴급: 대피하십시오.\n\n\n\n북쪽으로.\t지금 ")

    assert compose(alert, Paper(500)).text == (
        f"긴급: 대피하십시오.\n\n북쪽으로. 지금\n\n{LINK}"
    )


@pytest.mark.parametrize(
    "template", ["{excerpt}\n{url}", "속보 {url}", "{title}\n{url}"]
)
def test_an_operators_words_are_told_whatever_the_template(template: str) -> None:
    message = compose(replace(ALERT, text="대피"), Paper(500), template=template)

    assert message.text == f"대피\n{LINK}"


def test_an_operator_may_put_the_address_where_it_belongs() -> None:
    alert = replace(ALERT, text=f"대피 {LINK} 지금")

    assert compose(alert, Paper(500)).text == f"대피 {LINK} 지금"


def test_an_operators_words_that_are_too_long_are_cut_with_a_warning() -> None:
    found = written(replace(ALERT, text=LONG), Paper(200))

    assert found.warnings == ("your text was too long and was cut",)
    assert found.text.endswith(LINK)
    assert found.count <= 200


def test_an_address_in_an_operators_words_outlives_a_cut() -> None:
    found = written(replace(ALERT, text=f"{LONG} {LINK}"), Paper(200))

    assert found.text.endswith(f"내놓았다.\n\n{LINK}")
    assert found.count <= 200


# Prefixes and hashtags


def test_a_prefix_stands_where_the_template_has_it_unless_the_title_says_it() -> None:
    plain = replace(ALERT, title="지진", prefix="[속보]")
    template = "{prefix} {title}\n{url}"

    assert compose(plain, Paper(500), template=template).text == f"[속보] 지진\n{LINK}"
    assert compose(
        replace(plain, title="<속보> 지진"), Paper(500), template=template
    ).text == (f"<속보> 지진\n{LINK}")
    assert compose(plain, Paper(500), template="{title}").text == "지진"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{title}\n{url}", f"[정정] 지진\n{LINK}"),
        ("{prefix} {title}", "[정정] 지진"),
        ("{excerpt}", f"[정정] {EXCERPT}"),
    ],
)
def test_a_correction_says_so_whatever_the_template(template: str, text: str) -> None:
    alert = replace(ALERT, title="지진", prefix="[정정]", corrects=7)

    assert compose(alert, Paper(500), template=template).text == text
    assert compose(
        replace(alert, corrects=None, retracts=7), Paper(500), template=template
    ).text.startswith("[정정]")


TAGGED = replace(
    ALERT, title="지진 #사회", excerpt="", tags=("사회", "지진 피해", "2026")
)
WITH_TAGS = "{title}\n{hashtags}\n{url}"


def test_tags_become_hashtags_that_the_title_does_not_have() -> None:
    message = compose(TAGGED, Paper(500), template=WITH_TAGS)

    assert message.text == f"지진 #사회\n#지진피해\n{LINK}"


def test_hashtags_give_way_before_the_title_does() -> None:
    alert = replace(TAGGED, title="지진", tags=("하나", "둘", "셋", "넷"))

    assert "\n#하나 #둘 #셋\n" in compose(alert, Paper(500), template=WITH_TAGS).text
    assert compose(alert, Paper(66), template=WITH_TAGS).text == (
        f"지진\n#하나 #둘\n{LINK}"
    )
    assert compose(alert, Paper(60), template=WITH_TAGS).text == f"지진\n{LINK}"


# Pictures


def test_a_picture_stands_beside_the_text_if_the_body_names_it() -> None:
    class Shows(Paper):
        def write(self, message: Message) -> str:
            return f"{message.text} {message.picture and message.picture.url}"

    assert written(ALERT, Paper(500)).picture is None
    assert written(ALERT, Shows(500)).picture == ALERT.picture


def test_alt_text_is_cut_to_what_a_channel_takes() -> None:
    channel = Paper(500)
    channel.limits = replace(  # type: ignore[misc]
        channel.limits, picture=PictureLimits(size=1, alt=14)
    )
    picture = Picture(
        url="https://news.example/1.jpg", alt="무너진 담장\n앞의 주민들이 서 있다"
    )
    message = compose(replace(ALERT, picture=picture), channel)

    assert message.picture == replace(picture, alt="무너진 담장 앞의…")


# What does not fit


def test_a_template_that_leaves_no_room_is_not_used() -> None:
    found = written(ALERT, Paper(100), "{title} " + "광고" * 80 + " {url}")

    assert found.text == f"{TITLE}\n{LINK}"
    assert found.warnings == (
        "the template leaves no room for the title; it was not used",
    )


def test_an_address_that_does_not_fit_is_left_out_whole() -> None:
    found = written(ALERT, Paper(30))

    assert found.text == TITLE
    assert "the address alone is too long; it was left out" in found.warnings


def test_a_title_that_cannot_be_cut_leaves_the_address() -> None:
    title = "https://other.example/" + "a" * 90

    assert compose(replace(ALERT, title=title), Paper(60)).text == LINK


def test_where_nothing_fits_nothing_is_said() -> None:
    assert compose(ALERT, Paper(1)).text == ""


def test_what_a_network_or_a_terminal_refuses_is_taken_out() -> None:
    alert = replace(
        ALERT,
        title="\x1b[31m지진\x00\ud800 \ufeff\uffff\t규모\u2028끝",
        excerpt=unicodedata.normalize("NFD", "피해는 아직 없다."),
    )

    assert compose(alert, Paper(500)).text == (
        f"[31m지진 규모 끝\n\n피해는 아직 없다.\n\n{LINK}"
    )


@pytest.mark.parametrize(
    "flood",
    ["가", "정부는 ", "1,", "3조 2천억 원 ", "https://a.", "https://a.kr/(", "a-", "🇰", "ㅏ", "#",
     "e\u0301", "\u202e", "👨\u200d", "。", "(", "@a.", "\n"],
)  # fmt: skip
def test_a_title_of_100_000_letters_takes_a_moment(flood: str) -> None:
    title = (flood * 100_000)[:100_000]
    start = time.thread_time()
    for unit, limit in ((Unit.X_WEIGHTED, 280), (Unit.UTF16, 4_096)):
        found = written(replace(ALERT, title=title), Paper(limit, unit, 23))

        assert found.count <= limit
        assert LINK in found.text
    assert time.thread_time() - start < 15


def test_a_very_long_excerpt_takes_no_time() -> None:
    assert (
        count(
            compose(replace(ALERT, excerpt=LONG * 999), Paper(400)).text, Limits(text=1)
        )
        <= 400
    )


# For every alert

words = st.text(max_size=120) | st.sampled_from(
    [
        LONG,
        TITLE,
        "#해시태그" * 30,
        "3조 5,000억 원 " * 20,
        "👨‍👩‍👧‍👦" * 40,
        LINK,
        "가\u0301" * 90,
        "news.kr " * 20,
    ]
)
papers = st.builds(
    Paper,
    st.integers(60, 320),
    st.sampled_from(Unit),
    st.sampled_from([None, 23]),
)
templates = st.none() | st.sampled_from(
    ["{title}\n{url}", "{excerpt}{url}{title}", "{site}{url}\u0301{author}", "{url}"]
)


@patient
@given(words, words, st.none() | words, papers, templates)
@example("가" * 200, "", None, Paper(60, Unit.BYTES), "{title} {url}")
def test_a_message_is_never_too_long_and_its_address_is_whole_or_absent(
    title: str, excerpt: str, text: str | None, paper: Paper, template: str | None
) -> None:
    alert = replace(ALERT, title=title, excerpt=excerpt, text=text)
    found = written(alert, paper, template)

    assert found.count == count(found.text, paper.limits) <= paper.limits.text
    assert unicodedata.is_normalized("NFC", found.text)
    assert LINK in found.text or any("address" in each for each in found.warnings)
    assert found.text.encode().decode() == found.text
    assert found == written(alert, paper, template)


CHANNELS = [make(kind) for kind in built_in()]


@settings(patient, max_examples=settings().max_examples // 2)
@given(words, words)
def test_every_kind_gets_what_it_can_show(title: str, excerpt: str) -> None:
    alert = replace(ALERT, title=title, excerpt=excerpt)
    for channel in CHANNELS:
        found = written(alert, channel)

        assert found.count <= channel.limits.text
        assert LINK in found.text
        assert found.body == channel.write(compose(alert, channel))


@patient
@given(words, papers)
def test_what_was_cut_once_is_not_cut_again(title: str, paper: Paper) -> None:
    once = compose(replace(ALERT, title=title, excerpt=""), paper)
    again = compose(replace(ALERT, title=once.title, excerpt=""), paper)

    assert again.title == once.title
    assert again.text == once.text
