import threading
from collections.abc import Mapping

import pytest

from syndicate.words import (
    Said,
    language,
    language_of,
    listed,
    phrase,
    say,
    speak,
    speaking,
    texts_of,
)
from syndicate.words.fill import Word, fill


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("no {word} here", {}, "no {word} here"),
        ("{one} {two}", {"one": "하나"}, "하나 {two}"),
        ("{% {name} %}", {"name": "gist"}, "{% gist %}"),
        ("{{ {name} }}", {"name": "{name}"}, "{{ {name} }}"),
        ("{posts:post|posts}", {"posts": 1}, "1 post"),
        ("{posts:post|posts}", {"posts": 1234}, "1,234 posts"),
        ("{value}은(는) 아님", {"value": "지진"}, "지진은 아님"),
        ('"{value}"을(를) 씀', {"value": "속보"}, '"속보"를 씀'),
        ("{n}건을 {m}(으)로", {"n": 3, "m": "서울"}, "3건을 서울로"),
        ("{value}", {"value": "은(는)"}, "은(는)"),
    ],
)
def test_words_stand_in_their_places(
    text: str, words: Mapping[str, Word], said: str
) -> None:
    assert fill(text, words) == said


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "kok_IN.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "", "LC_ALL": ""}, "ko"),
        ({"LC_ALL": "C", "LC_MESSAGES": "ko_KR", "LANG": "ko_KR"}, "en"),
    ],
)
def test_the_locale_chooses_the_language_as_posix_has_it(
    environ: Mapping[str, str], spoken: str
) -> None:
    assert language_of(environ) == spoken


def test_a_phrase_is_said_in_the_language_spoken_when_it_is_shown() -> None:
    late = Said("{others:other is|others are} in the feed", {"others": 41})

    assert str(late) == "41 others are in the feed"
    with speaking("ko"):
        assert str(late) == "다른 글 41건은 피드에 있음"
        assert say("post left out") == "이 글은 제외됨"
        assert phrase("nobody translated this") == "nobody translated this"
    assert language() == "en"


def test_the_language_of_the_process_is_that_of_its_threads() -> None:
    heard: list[str] = []
    speak("ko")
    try:
        thread = threading.Thread(target=lambda: heard.append(language()))
        thread.start()
        thread.join()
    finally:
        speak("en")

    assert heard == ["ko"]


def test_a_problem_that_nobody_translated_yet_is_told_in_english() -> None:
    with speaking("xx"), pytest.raises(FileNotFoundError):
        texts_of("FM001")
    with speaking("ko"):
        assert texts_of("FM001")["message"] == "빈 파일입니다"


def test_a_long_list_is_cut() -> None:
    names = [f"{n}.md" for n in range(9)]

    assert listed(names[:2]) == "0.md, 1.md"
    assert listed(names, 2) == "0.md, 1.md and 7 more"
