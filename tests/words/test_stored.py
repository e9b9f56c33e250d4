"""What the ledger keeps in English is told in Korean, piece by piece."""

import pytest

from syndicate.words import speaking
from syndicate.words.stored import retold


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("no answer in time", "제때 응답이 없음"),
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
        (
            "the picture was left out: no answer in time",
            "사진은 뺐음: 제때 응답이 없음",
        ),
        (
            "the picture is shown from its address: cdn.example: HTTP 500",
            "사진을 주소로 보여 줌: cdn.example: HTTP 500",
        ),
        (
            "not shown to 2 of 30 numbers: no KakaoTalk",
            "30개 번호 가운데 2개에 보이지 않음: no KakaoTalk",
        ),
        (
            "no x-line-request-id, HTTP 200: {}",
            "x-line-request-id가 없음, HTTP 200: {}",
        ),
        ("withdrawn by 김하나: 오보", "김하나가 취소함: 오보"),
        ("", ""),
        ("일부러 멈춤; because", "일부러 멈춤; because"),
    ],
)
def test_our_words_are_told_in_korean_and_theirs_stay(stored: str, told: str) -> None:
    with speaking("ko"):
        assert retold(stored) == told
    assert retold(stored) == stored
