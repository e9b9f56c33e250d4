import pytest

from tests.posts.samples import html_of


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (":::tip\n글\n:::\n", '<div class="tip">\n<p>글</p>\n</div>\n'),
        (
            ":::warning 조심\n글\n:::\n",
            '<div class="warning">\n<p><strong>조심</strong></p>\n<p>글</p>\n</div>\n',
        ),
        (
            "::: note[*조심*]\n글\n:::\n",
            '<div class="note">\n<p><em>조심</em></p>\n<p>글</p>\n</div>\n',
        ),
        (
            '::: {#a .callout-note title="x"}\n글\n:::\n',
            '<div class="callout-note">\n<p>글</p>\n</div>\n',
        ),
        (
            "::::a\n:::b\n글\n:::\n::::\n",
            '<div class="a">\n<div class="b">\n<p>글</p>\n</div>\n</div>\n',
        ),
    ],
)
def test_a_box_is_shown_without_its_marks(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    "text", ["::: 안내 :::\n", ":::\n글\n:::\n", "::: note\n글\n", "글 :::tip\n:::\n"]
)
def test_three_colons_elsewhere_are_three_colons(text: str) -> None:
    assert ":::" in html_of(text)


def test_boxes_beyond_number_are_text() -> None:
    assert "<div" not in html_of(":::a\n" * 300 + ":::\n" * 300)


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("> [!NOTE]", "<strong>Note</strong>"),
        ("> [!tip]- 조심", "<strong>조심</strong>"),
        (">[!WARNING] **조심**", "<strong>조심</strong>"),
    ],
)
def test_an_alert_of_github_is_a_quotation_with_a_title(first: str, title: str) -> None:
    assert html_of(f"{first}\n> 글\n") == (
        f"<blockquote>\n<p>{title}</p>\n<p>글</p>\n</blockquote>\n"
    )


def test_brackets_elsewhere_are_no_alert() -> None:
    assert "[!NOTE]" in html_of("글 [!NOTE]\n")
    assert "[!NOTE]" in html_of("```\n> [!NOTE]\n```\n")


@pytest.mark.parametrize(
    "text",
    [
        "[[toc]]\n",
        "[TOC]\n",
        "[[_TOC_]]\n",
        'import A from "@site/a";\n',
        "import {\n  A,\n  B,\n} from './a'\nimport './b.css'\n",
        "import A, { B } from './a'\nexport const c = [1];\n",
        "{/* 접는 곳 */}\n",
    ],
)
def test_what_is_the_page_s_program_s_goes(text: str) -> None:
    assert html_of(f"\n{text}\n글\n") == "<p>글</p>\n"
    assert text.split(maxsplit=1)[0] in html_of(f"```\n{text}```\n").replace(
        "&quot;", '"'
    )


@pytest.mark.parametrize(
    "text",
    [
        "import duties from Korea\n",
        'import A from "a"\n이라고 쓴다\n',
        "목차는 [TOC] 라고 쓴다\n",
        "글 {/* 이것은 */}\n",
    ],
)
def test_running_text_stays(text: str) -> None:
    assert html_of(text).count("<p>") == 1
    assert text.split(maxsplit=1)[0] in html_of(text)


def test_what_a_component_needs_goes_wherever_it_stands() -> None:
    assert "import" not in html_of("# 가\n\nimport { A } from '@/a';\n\n글\n")
    assert "import 'dart:html';" in html_of("글\n\nimport 'dart:html';\n")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("《[[다른 글]]》", "《다른 글》"),
        ("[[note#part|그 글]]은", "그 글은"),
        ("[[Prototype]] `[[다른 글]]`", "[[Prototype]] <code>[[다른 글]]</code>"),
        ("![[그림.png]]", "![[그림.png]]"),
        ("[[가]](/a)", '<a href="https://news.example/a">[가]</a>'),
    ],
)
def test_a_link_among_notes_is_shown_by_its_name(text: str, html: str) -> None:
    assert html in html_of(f"{text}\n")


def test_what_never_ends_is_read_in_good_time() -> None:
    assert html_of("{/*" * 20000)
    assert html_of("import {" * 20000)
    assert html_of("\n\nimport a, " * 20000)
