"""What the ledger keeps in English is told in Korean, piece by piece."""

import pytest

from syndicate.words import speaking
from syndicate.words.stored import retold


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("no answer in time", "제때 답이 없음"),
        ("not done within 15 s", "15초 안에 끝나지 않음"),
        ("HTTP 404: page not found", "HTTP 404: page not found"),
        (
            "not sent by 2026-11-22 10:00:00 UTC; connection refused",
            "2026-11-22 10:00:00 UTC까지 나가지 못함; 연결이 거부됨",
        ),
        (
            "its certificate cannot be trusted: self-signed certificate",
            "인증서를 믿을 수 없음: 자체 서명 인증서",
        ),
        (
            "its page cannot be read yet: news.example: connection refused",
            "글 페이지가 아직 열리지 않음: news.example: 연결이 거부됨",
        ),
        ("withdrawn by 김하나: 오보", "김하나가 거둠: 오보"),
        ("", ""),
        ("일부러 멈춤; because", "일부러 멈춤; because"),
    ],
)
def test_our_words_are_told_in_korean_and_theirs_stay(stored: str, told: str) -> None:
    with speaking("ko"):
        assert retold(stored) == told
    assert retold(stored) == stored
