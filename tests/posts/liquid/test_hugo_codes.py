import pytest

from tests.posts.samples import codes, entry_of, front, read, site

FILM = "https://www.youtube.com/watch?v="


def shown(body: str) -> str:
    return entry_of(front("title: T", body)).html.strip()


@pytest.mark.parametrize(
    ("code", "html"),
    [
        (
            '{{< figure src="/a.png" alt="산" caption="큰 산" >}}',
            (
                '<figure><img src="https://news.example/a.png" alt="산">'
                "<figcaption>큰 산</figcaption></figure>"
            ),
        ),
        (
            '{{< figure src = "/a.png" alt = "산" caption = "[산](/b) *&* 들" >}}',
            (
                '<figure><img src="https://news.example/a.png" alt="산"><figcaption>'
                '<a href="https://news.example/b">산</a> <em>&amp;</em> 들</figcaption></figure>'
            ),
        ),
        (
            '{{< figure src="/a.png" title="산" caption="큰 산" attr="김" attrlink="/k" >}}',
            (
                '<figure><img src="https://news.example/a.png" alt=""><figcaption>'
                '산 큰 산 <a href="https://news.example/k">김</a></figcaption></figure>'
            ),
        ),
        (
            '{% include figure image_path="/a.png" caption="**큰** 산\n\n들" %}',
            (
                '<figure><img src="https://news.example/a.png" alt="큰 산 들"><figcaption>'
                "<p><strong>큰</strong> 산</p>\n<p>들</p></figcaption></figure>"
            ),
        ),
        ("{{< figure src=/a.png />}}", '<img src="https://news.example/a.png" alt="">'),
        (
            '{{% img "/a.png" `산` %}}',
            '<img src="https://news.example/a.png" alt="산">',
        ),
        ("{{< photo 산 >}}", '<img src="https://news.example/%EC%82%B0" alt="">'),
        ("{{< youtube -Q4 >}}", f'<a href="{FILM}-Q4">{FILM}-Q4</a>'),
        ('{{< youtube id="a" start="3" >}}', f'<a href="{FILM}a">{FILM}a</a>'),
        (
            "{{< gist kim 1 >}}",
            '<a href="https://gist.github.com/kim/1">https://gist.github.com/kim/1</a>',
        ),
        (
            '{{< tweet user="kim" id="1" >}}',
            '<a href="https://x.com/kim/status/1">https://x.com/kim/status/1</a>',
        ),
        (
            '{{< qr text="https://a.example" >}}',
            '<a href="https://a.example">https://a.example</a>',
        ),
    ],
)
def test_short_codes_of_hugo_are_what_they_stand_for(code: str, html: str) -> None:
    assert html in shown(code)
    assert codes(read(front("title: T", code))) == []


@pytest.mark.parametrize(
    ("code", "link"),
    [
        ('{{< ref "2026-01-02-flood.md" >}}', "2026/01/02/flood.html"),
        ('{{< relref path="/post/2026-01-02-flood#b" >}}', "2026/01/02/flood.html#b"),
        ('{{< ref "#b" >}}', "2026/01/02/quake.html#b"),
    ],
)
def test_references_of_hugo_lead_to_posts(code: str, link: str) -> None:
    assert (
        shown(f"[글]({code})") == f'<p><a href="https://news.example/{link}">글</a></p>'
    )


def test_a_reference_to_nowhere_is_told() -> None:
    reading = read(front("title: T", '[글]({{< ref "moon" >}})'))

    assert [found.message for found in reading.problems] == [
        '{{ < ref "moon" > }} stands for nothing'
    ]


def test_code_in_a_short_code_stays_code() -> None:
    html = shown("{{< highlight go >}}\nif a < b {{ x }}\n{{< / highlight >}}\n\n글")

    assert '<pre><code class="language-go">if a &lt; b {{ x }}</code></pre>' in html
    assert html.endswith("<p>글</p>")


@pytest.mark.parametrize(
    "body",
    [
        "{{% notice tip %}}\n**글**\n{{% /notice %}}",
        '{{< button href="https://a.example" >}}**글**{{< /button >}}',
    ],
)
def test_what_a_pair_holds_stays_and_the_pair_is_told_of_once(body: str) -> None:
    assert shown(body) == "<p><strong>글</strong></p>"
    assert codes(read(front("title: T", f"{body}\n\n{body}"))) == ["HT003"]


def test_a_short_code_that_is_shown_stands_as_it_would_be_written() -> None:
    assert shown("{{</* figure */>}}") == "<p>{{&lt; figure &gt;}}</p>"


@pytest.mark.parametrize(
    "body", ["{{< figure", "{{% x {{% y", "{{< highlight go >}}\nx"]
)
def test_a_short_code_that_is_not_closed_hides_nothing(body: str) -> None:
    reading = read(front("title: T", f"앞\n\n{body}\n\n뒤"))

    assert codes(reading) == ["HT004"]
    assert {"앞", "뒤"} <= set(
        shown(f"앞\n\n{body}\n\n뒤").replace("<", "\n").replace(">", "\n").split()
    )


def test_thousands_of_short_codes_are_cut_short() -> None:
    assert "HT007" in codes(read(front("title: T", "{{< b >}}" * 20_000)))


@pytest.mark.parametrize("permalink", ["hugo", "/ko/:sections/:slugorcontentbasename/"])
def test_a_site_of_hugo_runs_no_liquid(permalink: str) -> None:
    text = front("title: T", "{{ MAC }} {% x %} {{< b >}}|")
    config = site(permalink)

    assert entry_of(text, config=config).html == "<p>{{ MAC }} {% x %} |</p>\n"
    assert codes(read(text, config=config)) == ["HT003"]


def test_short_codes_shown_in_code_lose_the_marks_that_keep_them() -> None:
    assert "{{&lt; figure &gt;}}" in shown("{{< b >}}\n\n`{{</* figure */>}}`")
