import pytest

from syndicate.posts.sanitise import sanitise

BASE = "https://news.example/"


@pytest.mark.parametrize(
    "html",
    [
        "<ruby>漢<rp>(</rp><rt>한</rt><rp>)</rp></ruby>",
        '<ruby><b>漢<br>字</b><rt>한<img src="https://n.example/a.png">자</rt></ruby>',
        "<p>rt는 <rt>한</rt></p>",
    ],
)
def test_a_reading_in_its_place_stays(html: str) -> None:
    assert sanitise(html, BASE) == html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<ruby><div>漢<rt>한</rt></div></ruby>글", "<div>漢한</div>글"),
        ("<ruby class=a><span>漢<rp>(</rp></span></ruby>", "<span>漢(</span>"),
    ],
)
def test_a_reading_of_nothing_becomes_text(written: str, shown: str) -> None:
    assert sanitise(written, BASE) == shown
