import json

import pytest

from tests.posts.samples import codes, front, places, post_of, read, title_of


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "on",
        "Off",
        "010",
        "12:30",
        "12:30:45",
        "1.10",
        "~",
        "null",
        "0x1F",
        "1_000",
    ],
)
def test_a_title_stays_as_it_was_typed(typed: str) -> None:
    reading = read(front(f"title: {typed}"))

    assert reading.post
    assert reading.post.title == typed
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("line", "title", "mend"),
    [
        ("title: [속보] 강진", "[속보] 강진", 'title: "[속보] 강진"'),
        ('title: "속보" 강진', '"속보" 강진', "title: '\"속보\" 강진'"),
        ("title: '속보' 강진", "'속보' 강진", "title: \"'속보' 강진\""),
        ("title: {단독} 강진", "{단독} 강진", 'title: "{단독} 강진"'),
        ("title: *강진", "*강진", 'title: "*강진"'),
        ("title: **강진** 발생", "**강진** 발생", 'title: "**강진** 발생"'),
        ("title: &강진 발생", "&강진 발생", 'title: "&강진 발생"'),
        ("title: @강진", "@강진", 'title: "@강진"'),
        ("title: %강진", "%강진", 'title: "%강진"'),
        ("title: !강진 발생", "!강진 발생", 'title: "!강진 발생"'),
        ("title: !now 강진", "!now 강진", 'title: "!now 강진"'),
        ("title: `강진` 발생", "`강진` 발생", 'title: "`강진` 발생"'),
        ("title: > 강진", "> 강진", 'title: "> 강진"'),
        ("title: - 강진", "- 강진", 'title: "- 강진"'),
        ('title: "강진', '"강진', "title: '\"강진'"),
        ('title: "그는 "아니"라 했다"', '그는 "아니"라 했다', None),
        ('title: "강진" 뒤 "여진"', '"강진" 뒤 "여진"', None),
        (r'title: "C:\강진"', r"C:\강진", r"title: 'C:\강진'"),
        ("title: [속보 강진", "[속보 강진", 'title: "[속보 강진"'),
    ],
)
def test_a_value_that_begins_like_yaml_is_read_as_meant(
    line: str, title: str, mend: str | None
) -> None:
    reading = read(front(f"date: 2026-01-02\n{line}\ntags: [지진]"))

    assert reading.post
    assert reading.post.title == title
    assert places(reading) == [("FM013", 3, 8)]
    assert mend is None or mend in reading.problems[0].hint


def test_a_colon_inside_a_value_is_read_as_meant() -> None:
    reading = read(front("title: 속보: 강진 발생"))

    assert reading.post
    assert reading.post.title == "속보: 강진 발생"
    assert places(reading) == [("FM012", 2, 10)]
    assert 'title: "속보: 강진 발생"' in reading.problems[0].hint
    assert reading.problems[0].source == "title: 속보: 강진 발생"


def test_every_broken_line_is_mended_not_just_the_first() -> None:
    reading = read(
        front("title: [속보] 강진\nauthor: @desk\ntags:\n- [여진] 소식\n- 지진")
    )

    assert reading.post
    assert reading.post.title == "[속보] 강진"
    assert reading.post.authors == ("@desk",)
    assert reading.post.tags == ("[여진] 소식", "지진")
    assert [line for _, line, _ in places(reading)] == [2, 3, 5]


def test_mending_ends() -> None:
    lines = "\n".join(f"key{n}: [속보] 강진" for n in range(30))

    assert codes(read(front(lines))) == ["FM011"]


def test_a_line_far_above_is_not_looked_for() -> None:
    lines = ['title: "강진', *(f"key{n}: 값" for n in range(60))]

    assert codes(read(front("\n".join(lines)))) == ["FM011"]


def test_a_list_of_tags_without_its_bracket_is_an_error() -> None:
    assert codes(read(front("tags: [지진, 여진\ntitle: 강진"))) == ["FM011"]


def test_a_list_as_a_title_is_shown_as_it_was_typed() -> None:
    reading = read(front("title: [속보]"))

    assert reading.post
    assert reading.post.title == "[속보]"
    assert places(reading) == [("FM019", 2, 8)]


def test_a_title_of_several_lines_that_is_a_list_counts_for_none() -> None:
    reading = read(front("title:\n- 강진\n- 여진"))

    assert reading.post
    assert reading.post.title == "Quake"
    assert codes(reading) == ["FM026"]


@pytest.mark.parametrize(
    ("line", "title"), [("title: 강진 #속보", "강진"), ("title: #속보", "Quake")]
)
def test_text_lost_to_a_comment_is_warned_of(line: str, title: str) -> None:
    reading = read(front(line))

    assert reading.post
    assert reading.post.title == title
    assert codes(reading)[0] == "FM020"


@pytest.mark.parametrize(
    "line",
    [
        'title: "강진 #속보"',
        "title: 강진#속보",
        "title: 강진\ndate: 2026-01-02 # 금요일",
    ],
)
def test_a_comment_that_loses_nothing_is_not_warned_of(line: str) -> None:
    assert codes(read(front(line))) == []


def test_a_key_that_is_written_twice_is_warned_of() -> None:
    reading = read(front("title: 강진\ntags: [지진]\ntitle: 여진"))

    assert reading.post
    assert reading.post.title == "여진"
    assert places(reading) == [("FM018", 4, 8)]


def test_a_key_that_is_written_very_often_is_warned_of_once() -> None:
    reading = read(front("title: 강진\n" + "? b\n" * 10_000 + "? c\n" * 2 + "d: e"))

    assert codes(reading) == ["FM018", "FM018"]


@pytest.mark.parametrize(
    "key", ["content", "handler", "on", "2026-01-02", "1", "~", "no"]
)
def test_any_key_is_a_word(key: str) -> None:
    assert post_of(front(f"title: 강진\n{key}: 값")).fields[key] == "값"


def test_folded_text_loses_its_last_break() -> None:
    assert title_of("title: >\n  강진이\n  났다") == "강진이 났다"


def test_comments_alone_are_no_fields() -> None:
    assert post_of(front("# 제목은 나중에")).fields == {}


@pytest.mark.parametrize(
    ("fields", "what"), [("- 강진\n- 여진", "a list"), ("강진이 났다", "text")]
)
def test_front_matter_that_is_no_mapping_is_refused(fields: str, what: str) -> None:
    reading = read(front(fields))

    assert codes(reading) == ["FM008"]
    assert what in reading.problems[0].message


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("title：강진", ("FM009", 2, 6)),
        ("date: 2026-01-02\ntitle：강진", ("FM009", 3, 6)),
        ("title： 강진\ndate: 2026-01-02", ("FM009", 2, 6)),
        ("title:\u00a0강진", ("FM010", 2, 7)),
        ("date: 2026-01-02\ntitle\u00a0: 강진", ("FM010", 3, 6)),
        ("title:\u3000강진", ("FM010", 2, 7)),
    ],
)
def test_a_wide_colon_or_blank_is_named(
    fields: str, place: tuple[str, int, int]
) -> None:
    assert places(read(front(fields))) == [place]


def test_a_wide_colon_inside_a_title_is_fine() -> None:
    assert title_of("title: 속보： 강진") == "속보： 강진"


def test_liquid_in_front_matter_is_refused() -> None:
    reading = read(front("title: {{ site.title }}"))

    assert places(reading) == [("FM014", 2, 8)]
    assert 'title: "{{ site.title }}"' in reading.problems[0].hint


@pytest.mark.parametrize(
    "fields",
    [
        "name: &t 강진\ntitle: *t",
        "basis: &b {title: 강진, tags: [가]}\n<<: *b\ntags: [나]",
        "a: &a {title: 여진}\nb: &b {title: 강진}\n<<: [*b, *a]",
        "<<: {title: 여진}\ntitle: 강진",
        "&t title: 강진\nkey: *t",
        "old: &t 여진\nname: &t 강진\ntitle: *t\nextra: [속보] 지진",
        "old: &t 여진  # 하나\nname: &t 강진\ntitle: *t",
    ],
)
def test_an_alias_stands_for_what_its_anchor_names(fields: str) -> None:
    assert title_of(fields) == "강진"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (r'title: "\ud83d\ude00 \uac15\uc9c4"', "\U0001f600 강진"),
        (r"title: [속보] \uD83D\uDE00", "[속보] \U0001f600"),
        (r'title: "\ud83d 강진"', r"\ud83d 강진"),
    ],
)
def test_halves_of_a_sign_as_json_writes_them_are_put_together(
    fields: str, title: str
) -> None:
    assert title_of(fields) == title


def test_an_anchor_that_nobody_names_is_text() -> None:
    assert title_of("title: &TEAM 컴백\ntags: &a [가]") == "&TEAM 컴백"


def test_an_anchor_that_can_be_no_text_is_passed_over() -> None:
    assert title_of("&a title: 강진\ntags: [&b 가, {&c d: &e f}]") == "강진"


def test_a_key_that_says_to_merge_something_else_is_a_key() -> None:
    assert title_of("<<: [{title: 여진}, 가]\ntitle: 강진") == "강진"


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 12)
)
LONG = f"a: &a {'강' * 9_000}\nb: [*a, *a, *a, *a, *a, *a, *a, *a]\n"
DEEP = f"a: &a {'[' * 15}{']' * 15}\nb: {'[' * 9}*a{']' * 9}\n"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        (BOMB, ("FM015", 9, 10)),
        (LONG, ("FM015", 3, 33)),
        (DEEP, ("FM016", 3, 13)),
        ("a: &a [*a]\n", ("FM015", 2, 8)),
    ],
)
def test_aliases_that_stand_for_too_much_are_refused(
    fields: str, place: tuple[str, int, int]
) -> None:
    assert places(read(front(f"{fields}title: 강진"))) == [place]


def test_a_tag_of_yaml_itself_is_passed_over() -> None:
    assert title_of("title: !!str 강진") == "강진"


@pytest.mark.parametrize("mark", ["'", '"'])
def test_text_that_ruby_marked_as_such_is_text(mark: str) -> None:
    fields = f"title: ! {mark}지진: 강원,\n  둘째 줄{mark}\ntags:\n- ! {mark}가{mark}\n"

    reading = read(front(fields))

    assert reading.post
    assert reading.post.title == "지진: 강원, 둘째 줄"
    assert reading.post.tags == ("가",)
    assert codes(reading) == []


@pytest.mark.parametrize(
    "value",
    [
        "!binary |\n  6rCV\n  7KeE",
        "!!binary 6rCV7KeE",
        "!own '강진'",
        "!own |-\n  강진",
        "!own >\n  강진",
    ],
)
def test_what_was_marked_by_a_program_is_text(value: str) -> None:
    reading = read(front(f"title: {value}"))

    assert reading.post
    assert reading.post.title == "강진"
    assert codes(reading) == []


@pytest.mark.parametrize("value", ["/w==", "abc", "강진"])
def test_bytes_that_are_no_text_stay_as_they_are_written(value: str) -> None:
    assert title_of(f"title: !binary '{value}'") == value


def test_a_key_that_is_a_list_is_refused() -> None:
    assert codes(read(front("? [a, b]\n: 값"))) == ["FM017"]


@pytest.mark.parametrize(
    "deep", ["a: " + "[" * 21, "a: " + "[" * 30_000, "- " * 30_000, "{a: " * 9_000]
)
def test_nesting_is_bounded(deep: str) -> None:
    assert codes(read(front(deep))) == ["FM016"]


def test_front_matter_is_bounded() -> None:
    assert codes(read(front("title: " + "강" * 70_000))) == ["FM007"]


def test_what_libyaml_refuses_is_told_in_our_words_with_its_place() -> None:
    reading = read(front("title: 강진\n\tdate: 2026-01-02"))

    assert [(code, line) for code, line, _ in places(reading)] == [("FM011", 3)]


def test_what_comes_after_a_document_is_refused() -> None:
    assert codes(read("---\n%TAG ! x\ntitle: 강진\n---\n")) == ["FM011"]


def test_control_characters_are_taken_out_and_told() -> None:
    reading = read(front("title: 강\x07진\x9f\ufffe\ntag: \x00지진"))

    assert reading.post
    assert reading.post.title == "강진"
    assert reading.post.tags == ("지진",)
    assert places(reading) == [("FM021", 2, 9)]


def test_an_escape_for_a_control_character_is_taken_out() -> None:
    assert title_of('title: "강\\e진\\x85"') == "강진"


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029"])
def test_a_separator_that_yaml_breaks_at_is_a_blank(separator: str) -> None:
    reading = read(front(f"title: 강진{separator}발생"))

    assert reading.post
    assert reading.post.title == "강진 발생"
    assert codes(reading) == ["FM022"]


def test_text_is_composed() -> None:
    post = post_of(front("title: 강\u1112\u1161\u11ab\ntags: [e\u0301, \u00e9]"))

    assert post.title == "강한"
    assert post.tags == ("\u00e9",)


def test_toml_is_read() -> None:
    post = post_of(
        "+++\ntitle = '강진'\ndate = 2026-01-02T09:00:00+09:00\ntags = ['지진', '여진']\n"
        "weight = 010\n+++\n글.\n".replace("010", "10")
    )

    assert (post.title, post.tags) == ("강진", ("지진", "여진"))
    assert post.fields["weight"] == "10"
    assert str(post.published) == "2026-01-02 00:00:00+00:00"


@pytest.mark.parametrize("draft", ["true", "True"])
def test_flags_of_toml_and_yaml_are_the_same_text(draft: str) -> None:
    toml = read("+++\ntitle = '강진'\nbreaking = true\n+++\n")
    yaml = read(front(f"title: 강진\nbreaking: {draft}"))

    assert toml.post
    assert yaml.post
    assert toml.post.fields["breaking"] == "true"
    assert str(yaml.post.fields["breaking"]).lower() == "true"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("+++\ntitle = 강진\n+++\n", ("FM023", 2, 9)),
        ("+++\na = 1\ntitle = '\n+++\n", ("FM023", 3, 1)),
        ("+++\na = " + "[" * 5000 + "\n+++\n", ("FM016", 2, 1)),
        ("+++\na = " + "[" * 50 + "]" * 50 + "\n+++\n", ("FM016", 2, 1)),
        ("+++\nn = " + "9" * 5000 + "\n+++\n", ("FM023", 2, 1)),
        ("+++\nb = 1\n" + "a." * 20_000 + "a = 1\n+++\n", ("FM016", 3, 1)),
        ("+++\n[" + "'a' . " * 9_000 + "a]\n+++\n", ("FM016", 2, 1)),
    ],
)
def test_toml_that_is_none_is_refused(text: str, place: tuple[str, int, int]) -> None:
    assert places(read(text)) == [place]


@pytest.mark.parametrize("form", ["{}\n", ";;;\n{}\n;;;\n", "---json\n{}\n---\n"])
def test_json_is_read(form: str) -> None:
    fields = {"title": "강진\n발생", "n": 1.10, "m": None, "breaking": True}
    reading = read(
        form.format(json.dumps(fields, ensure_ascii=False, indent=1)) + "글."
    )

    assert reading.post
    assert reading.post.title == "강진 발생"
    assert reading.post.fields["n"] == "1.1"
    assert reading.post.fields["m"] == ""
    assert reading.post.fields["breaking"] == "true"
    assert reading.body == "글."


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"title": 강진}\n', ("FM024", 1, 11)),
        ('{"title"\n: 강진}\n', ("FM024", 2, 3)),
        (";;;\n{title}\n;;;\n", ("FM024", 2, 2)),
        (";;;\n[1]\n;;;\n", ("FM008", 2, 1)),
        ('{"a": ' + "[" * 9000, ("FM016", 1, 1)),
        (";;;\n" + "[" * 9000 + "\n;;;\n", ("FM016", 2, 1)),
        ('{"a": "' + "강" * 70_000 + '"}', ("FM007", 1, 1)),
        ('{"a": "\\ud800"}\n', ("FM026", 1, 1)),
    ],
)
def test_json_that_is_none_is_refused(text: str, place: tuple[str, int, int]) -> None:
    assert places(read(text)) == [place]
