import time

import pytest

from syndicate.posts.code_blocks import code_spans, outside_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("글 `코드` 글", ["`코드`"]),
        ("``코드 ` 코드``", ["``코드 ` 코드``"]),
        ("글\n```py\n{{ x }}\n```\n글", ["```py\n{{ x }}\n```"]),
        ("~~~\n`\n~~~~\n글", ["~~~\n`\n~~~~"]),
        ("~~~\n코드\n~~~", ["~~~\n코드\n~~~"]),
        ("글 <Code>코드</Code>", ["<Code>코드</Code>"]),
        ("글 <!--코드-->", ["<!--코드-->"]),
        ("- ```\n  코드\n  ```\n글", ["```\n  코드\n  ```"]),
        ("> ```\n> 코드\n> ```\n글", ["```\n> 코드\n> ```"]),
        ("````\n```\n````\n글", ["````\n```\n````"]),
        ("```\n끝이 없다", ["```\n끝이 없다"]),
        ("글 ```x``` 글", ["```x```"]),
        ("``` 글 ``` 글", ["``` 글 ```"]),
        ("글\n" + " " * 120 + "```\n글\n```\n", ["```\n글\n```"]),
        ("`여러\n줄`", ["`여러\n줄`"]),
        ("<pre>\n코드</pre> <CODE>x</code>", ["<pre>\n코드</pre>", "<CODE>x</code>"]),
        ("<!-- `글 --> `코드`", ["<!-- `글 -->", "`코드`"]),
        ("<script>x</script><style>y</style>",
         ["<script>x</script>", "<style>y</style>"]),
    ],
)  # fmt: skip
def test_code_is_found(text: str, code: list[str]) -> None:
    assert [text[start:end] for start, end in code_spans(text)] == code


@pytest.mark.parametrize(
    "text",
    [
        "글",
        "`끝이 없다",
        "`문단\n\n다음`",
        r"\`글\`",
        "<pre>끝이 없다",
        "<prefix>글",
        "~~글~~",
    ],
)
def test_what_is_no_code_is_not(text: str) -> None:
    assert list(code_spans(text)) == []


def test_only_what_is_no_code_is_changed() -> None:
    assert outside_code("a `a` a", str.upper) == "A `a` A"
    assert outside_code("a", str.upper) == "A"


@pytest.mark.parametrize(
    "text",
    [
        "`" * 400_000,
        "` " * 200_000,
        "".join("`" * n + " " for n in range(900)),
        "``` " * 100_000,
        "```\n" * 100_000,
        "<pre>" * 80_000,
        "<!--" * 100_000,
        "`a\n\n" * 100_000,
    ],
)
def test_a_hostile_text_takes_no_longer_than_a_long_one(text: str) -> None:
    start = time.process_time()
    list(code_spans(text))

    assert time.process_time() - start < 5
