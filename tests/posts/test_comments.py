import pytest

from tests.posts.samples import codes, front, places, read


def mends(fields: str) -> list[str]:
    reading = read(front(f"title: 강진\n{fields}"))
    assert reading.post
    return [problem.hint for problem in reading.problems if problem.code == "FM020"]


@pytest.mark.parametrize(
    ("fields", "mend"),
    [
        ("excerpt: 땅이 흔들렸다 #지진", 'excerpt: "땅이 흔들렸다 #지진"'),
        ("description: #지진", 'description: "#지진"'),
        ("summary: 땅이\n  흔들렸다 #지진", 'summary: "땅이 흔들렸다 #지진"'),
        ("tags: #지진 #강진", 'tags: "#지진 #강진"'),
        ("tags:\n  - 강진\n  - #지진", '- "#지진"'),
        ('category: 그 "큰" #지진', "category: '그 \"큰\" #지진'"),
    ],
)
def test_what_is_lost_to_a_comment_is_told_with_its_mend(
    fields: str, mend: str
) -> None:
    assert mends(fields) == [f"quote it: {mend}"]


@pytest.mark.parametrize(
    "fields",
    [
        "excerpt: 땅이 흔들렸다  # 아직 초안",
        'excerpt: "땅이" #지진',
        "excerpt: >  #지진\n  땅이 #흔들렸다",
        "excerpt: {a: b} #지진",
        "tags: [지진]  #지진",
        "tags:  #\n  - 지진",
        "tags: C#",
        "weight: 3 #지진",
        "# tags: #지진\ndate: 2026-01-02 # 금요일",
    ],
)
def test_a_comment_that_is_one_is_not_told(fields: str) -> None:
    assert mends(fields) == []


def test_what_is_lost_is_found_beside_a_line_that_had_to_be_mended() -> None:
    reading = read(front("title: [속보] 강진 #1\ntags: #지진\nexcerpt: 강진 #2"))

    assert places(reading) == [("FM013", 2, 8), ("FM020", 3, 7), ("FM020", 4, 10)]


def test_a_second_document_is_passed_over() -> None:
    assert mends("tags: #지진\n--- # 둘\nexcerpt: #강진") == ['quote it: tags: "#지진"']


def test_front_matter_of_comments_alone_loses_nothing() -> None:
    assert codes(read(front("# 초안\n  #지진"))) == ["FM026"]
