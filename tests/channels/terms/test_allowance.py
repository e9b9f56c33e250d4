import pytest

from syndicate.channels.terms.allowance import Allowance, read_allowance
from syndicate.model import Limits, PictureLimits

LIMITS = Limits(
    text=500, link=23, picture=PictureLimits(size=8_000_000, alt=1_500, side=2_048)
)


def test_what_a_server_said_takes_the_place_of_what_is_usual() -> None:
    said = Allowance(text=5_000, link=25, alt=200, size=1_000_000, pixels=1_000_000)
    limits = said.on(LIMITS)

    assert (limits.text, limits.link) == (5_000, 25)
    assert limits.picture == PictureLimits(size=1_000_000, alt=200, side=1_000)


def test_what_it_did_not_say_stays() -> None:
    assert Allowance().on(LIMITS) == LIMITS


def test_no_larger_pictures_are_made_because_a_server_would_take_them() -> None:
    roomy = Allowance(size=99_000_000, pixels=99_000_000, types=["image/png"])

    assert roomy.on(LIMITS).picture == PictureLimits(
        size=8_000_000, alt=1_500, side=2_048, types=("image/png",)
    )
    assert Allowance(types=["image/heic"]).on(LIMITS) == LIMITS


def test_an_address_may_count_as_long_as_it_is() -> None:
    assert Allowance(link=0).on(LIMITS).link is None


def test_a_kind_without_pictures_gets_none() -> None:
    assert Allowance(alt=9).on(Limits(text=1)).picture is None


def test_what_is_written_down_is_read_back() -> None:
    said = Allowance(text=5_000, types=["image/png"])

    assert read_allowance(said.as_text()) == said


@pytest.mark.parametrize("text", ["", "[1]", "7", '{"words": 1}', "null"])
def test_what_another_version_wrote_is_not_understood(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of the parser or ours
        read_allowance(text)
