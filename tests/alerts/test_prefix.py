from dataclasses import replace

import pytest

from syndicate.alerts.prefix import is_told, prefix_of
from syndicate.config.alerting import Prefixes
from syndicate.model import Alert, Severity

ALERT = Alert(title="지진", link=None, language="ko-KR", severity=Severity.BREAKING)
CORRECTION = replace(ALERT, corrects=7, severity=Severity.NORMAL)


@pytest.mark.parametrize(
    ("language", "breaking", "correction", "retraction"),
    [
        ("ko", "[속보]", "[정정]", "[취소]"),
        ("ko-KR", "[속보]", "[정정]", "[취소]"),
        ("en", "BREAKING:", "CORRECTION:", "RETRACTED:"),
        ("ja", "【速報】", "【訂正】", "【取消】"),
        ("fr", "BREAKING:", "CORRECTION:", "RETRACTED:"),
    ],
)
def test_what_an_alert_is_is_said_in_its_language(
    language: str, breaking: str, correction: str, retraction: str
) -> None:
    alert = replace(ALERT, language=language)

    assert prefix_of(alert, {}) == breaking
    assert prefix_of(replace(alert, corrects=7), {}) == correction
    assert prefix_of(replace(alert, retracts=7), {}) == retraction


def test_what_is_not_breaking_has_none() -> None:
    assert prefix_of(replace(ALERT, severity=Severity.URGENT), {}) == ""
    assert prefix_of(CORRECTION, {}) == "[정정]"


def test_a_newsroom_has_its_own_words_or_none() -> None:
    own = {"ko": Prefixes(breaking="<긴급>", correction="")}

    assert prefix_of(ALERT, own) == "<긴급>"
    assert prefix_of(CORRECTION, own) == ""
    assert prefix_of(replace(ALERT, retracts=1), own) == "[취소]"
    assert prefix_of(replace(ALERT, language="en"), own) == "BREAKING:"


@pytest.mark.parametrize(
    ("prefix", "title", "told"),
    [
        ("[속보]", "[속보] 지진", True),
        ("[속보]", "<속보>지진", True),
        ("[속보]", "【속보】 지진", True),
        ("[속보]", "속보: 지진", True),
        ("[속보]", "[ 속보 ] 지진", True),
        ("[속보]", "속보가 늦었다", False),
        ("[속보]", "지진 [속보]", False),
        ("BREAKING:", "Breaking: quake", True),
        ("BREAKING:", "Breaking news is hard", False),
        ("", "지진", False),
        ("[]", "[] 지진", False),
    ],
)
def test_a_title_that_begins_so_is_known(
    prefix: str, title: str, *, told: bool
) -> None:
    assert is_told(prefix, title) is told
