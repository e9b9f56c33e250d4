import json
from pathlib import Path
from typing import Any

import pytest

from syndicate.app.toml_text import written


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def test_what_init_writes_can_be_built_at_once(run: Any, tmp_path: Path) -> None:
    started = run("init", str(tmp_path / "new"))

    assert started.exit_code == 0
    assert "set site.url" in started.stdout
    assert run("build", "-c", str(tmp_path / "new" / "config.toml")).exit_code == 0


def test_a_jekyll_site_is_taken_over(run: Any, run_json: Any, tmp_path: Path) -> None:
    write(
        tmp_path,
        "_config.yml",
        'url: https://news.example\nbaseurl: /blog/\ntitle: 솔바람 "소식"\n'
        "lang: ko_KR\ntimezone: Asia/Seoul\nauthor: {name: 편집국}\n"
        "permalink: pretty\ncollections_dir: content\n",
    )
    took = run_json("init", str(tmp_path))["took"]

    assert took["site.url"] == "https://news.example/blog"
    assert took["site.language"] == "ko-KR"
    assert took["site.author"] == "편집국"
    assert took["posts.dir"] == "content/_posts"
    assert run("check", "-c", str(tmp_path / "config.toml")).exit_code == 0


def test_what_a_jekyll_site_says_of_its_podcast_is_taken_over(
    run: Any, run_json: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "_config.yml",
        "url: https://news.example\npodcast_email: radio@news.example\n"
        "podcast_album_art: /cover.jpg\npodcast_category: Pigeons\n"
        'podcast_explicit: "yes"\n',
    )
    took = run_json("init", str(tmp_path))["took"]

    assert took["feeds.podcast"] == {
        "email": "radio@news.example",
        "image": "/cover.jpg",
        "explicit": True,
    }
    assert run("check", "-c", str(tmp_path / "config.toml")).exit_code == 0


def test_a_hugo_site_is_taken_over(run: Any, run_json: Any, tmp_path: Path) -> None:
    write(
        tmp_path,
        "hugo.toml",
        'baseURL = "https://news.example/"\nlanguageCode = "ko"\ntitle = "소식"\n'
        '[params]\ndescription = "우리 읍"\n',
    )
    took = run_json("init", str(tmp_path))["took"]

    assert took["site.url"] == "https://news.example"
    assert took["site.description"] == "우리 읍"
    assert run("check", "-c", str(tmp_path / "config.toml")).exit_code == 0


def test_half_a_character_in_a_sites_title_is_replaced(
    run: Any, run_json: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "hugo.json",
        '{"baseURL": "https://a.example", "title": "\\ud800소식"}',
    )

    assert run_json("init", str(tmp_path))["took"]["site.title"]
    assert run("check", "-c", str(tmp_path / "config.toml")).exit_code == 0


def test_a_site_that_is_nested_beyond_sense_is_refused(
    run: Any, tmp_path: Path
) -> None:
    write(tmp_path, "hugo.toml", "a." * 20_000 + "a = 1\n")
    started = run("init", str(tmp_path))

    assert started.exit_code == 2
    assert "hugo.toml" in started.stderr


def test_an_eleventy_site_is_taken_over(
    run: Any, run_json: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "eleventy.config.js",
        'export const config = { dir: { input: "src" } };',
    )
    write(tmp_path / "src" / "_data", "site.json", '{"url": "https://news.example"}')
    own = '{"permalink": "/{{ title | slug }}/", "tags": "posts"}'
    write(tmp_path / "src" / "posts", "posts.json", own)
    write(tmp_path / "src" / "posts", "quake.md", "---\ntitle: A Quake\n---\nText.\n")
    took = run_json("init", str(tmp_path))["took"]

    assert took["posts.dir"] == "src/posts"
    assert run("build", "-c", str(tmp_path / "config.toml")).exit_code == 0
    assert (
        b"<link>https://news.example/a-quake/<"
        in (tmp_path / "feeds" / "rss.xml").read_bytes()
    )


def test_a_site_without_posts_to_be_found_is_asked_for_their_folder(
    run: Any, tmp_path: Path
) -> None:
    write(tmp_path, ".eleventy.js", "module.exports = { pathPrefix: '/b/' };")
    write(tmp_path / "_data", "site.json", '{"url": "https://news.example"}')

    assert "set posts.dir" in run("init", str(tmp_path)).stdout


def test_a_configuration_that_is_there_is_left_as_it_is(run: Any, site: Path) -> None:
    before = (site / "config.toml").read_bytes()
    refused = run("init")

    assert refused.exit_code == 2
    assert (site / "config.toml").read_bytes() == before


def test_hugos_file_of_the_same_name_is_left_as_it_is(run: Any, tmp_path: Path) -> None:
    write(tmp_path, "config.toml", 'baseURL = "https://news.example/"\n')
    refused = run("init", str(tmp_path))

    assert refused.exit_code == 2
    assert "hugo.toml" in refused.stderr


def test_zolas_file_of_the_same_name_is_left_as_it_is(run: Any, tmp_path: Path) -> None:
    write(tmp_path, "config.toml", 'base_url = "https://news.example/"\n')
    refused = run("init", str(tmp_path))

    assert refused.exit_code == 2
    assert "Zola" in refused.stderr
    write(tmp_path, "config.toml", "base_url = ")
    assert "Zola" not in run("init", str(tmp_path)).stderr


@pytest.mark.parametrize(
    ("file", "name"),
    [("astro.config.mjs", "Astro"), ("docusaurus.config.ts", "Docusaurus")],
)
def test_what_is_not_read_is_named_with_what_is_left_to_write(
    file: str, name: str, run: Any, tmp_path: Path
) -> None:
    write(tmp_path, file, "export default {};\n")
    started = run("init", str(tmp_path)).stdout

    assert f"{name} is not read: set posts.dir and posts.permalink" in started


@pytest.mark.parametrize("text", ["url: [", "url: \x00", "- a\n- b\n"])
def test_a_site_that_cannot_be_read_is_no_traceback(
    run: Any, tmp_path: Path, text: str
) -> None:
    write(tmp_path, "_config.yml", text)

    assert run("init", str(tmp_path)).exit_code in {0, 2}


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("_config.yml", "title: 글\nurl: [a\n", ":3:1: ',' 또는 ']'가 와야 할 곳에"),
        ("_config.yml", "title: 글\n\turl: x\n", ":2:"),
        ("_config.yml", "a: &a 1\n" + "b: *a\n" * 13, ": 겹침이 너무 깊거나"),
        ("hugo.toml", "title = '글'\nbaseURL 1\n", ":2:9: 키 뒤에"),
        ("hugo.json", '{"baseURL":}', ":1:12: "),
        ("_config.yml", b"title: \xb1\xdb\n", ": UTF-8이 아닙니다"),
        ("_config.yml", b" " * (1 << 20) + b"x", ": 1MiB 이하의 파일이"),
    ],
)
def test_what_init_cannot_read_is_told_with_its_place(
    file: str, text: str | bytes, said: str, run: Any, tmp_path: Path
) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    (tmp_path / file).write_bytes(raw)
    refused = run("--lang", "ko", "init", str(tmp_path))

    assert refused.exit_code == 2
    assert f"{file}{said}" in refused.stderr.replace("을 읽을 수 없습니다", "").replace(
        "를 읽을 수 없습니다", ""
    )
    assert "고친 뒤 init을 다시 실행하세요" in refused.stderr
    assert not (tmp_path / "config.toml").exists()


def test_a_disk_that_refuses_is_the_environments_fault(
    run: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    refused = run("init", str(tmp_path / "file" / "below"))

    assert refused.exit_code == 3


def test_nonsense_in_a_foreign_file_is_refused_under_its_name(
    run: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "_config.yml",
        "url: news\ntimezone: Mars/Base\nlang: Korean!\npermalink: /:moon/\n"
        "title: [a]\ndefaults: [{scope: {path: x}, values: {permalink: '/:sun/'}}]\n",
    )
    refused = run("init", str(tmp_path))

    assert refused.exit_code == 2
    for word in (
        'url "news"',
        'timezone "Mars/Base"',
        'lang "Korean!"',
        ":moon",
        ":sun",
    ):
        assert word in refused.stderr
    assert "title: write text" in refused.stderr
    assert not (tmp_path / "config.toml").exists()


def test_collections_and_defaults_of_jekyll_are_taken_over(
    run: Any, run_json: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "_config.yml",
        "url: https://news.example\nphone: 02-1\nport: 4000\ntwitter: {name: x}\n"
        "permalink: posts/:title\n"
        "collections:\n  recipes: {output: true, permalink: 'r/:path/'}\n  staff:\n"
        "  posts: {output: true}\n  films: {output: true}\n  absent: {output: true}\n"
        "defaults:\n- scope: {path: '', type: posts}\n  values: {layout: x, hot: true}\n"
        "- values: {author: {name: 김}, n: [1, 2.5], day: 2024-01-02, gone: null}\n"
        "- scope: {type: pages}\n  values: {a: b}\n- scope: {}\n- nonsense\n"
        "- scope: {path: x}\n  values: {layout: y}\n"
        "- scope: {path: _pages}\n  values: {permalink: '/:basename:output_ext'}\n",
    )
    for name in ("_recipes/soup.md", "news/_posts/2026-01-02-a.md"):
        path = tmp_path / name
        write(path.parent, path.name, "---\ntitle: T\ndate: 2026-01-01\n---\n글\n")
    (tmp_path / "_films").mkdir()
    took = run_json("init", str(tmp_path))["took"]

    assert took["posts.permalink"] == "/posts/:title"
    assert took["posts.also"] == ["news/_posts"]
    assert took["posts.collections"] == [
        {"name": "recipes", "permalink": "/r/:path/"},
        {"name": "films"},
    ]
    assert [each["values"] for each in took["posts.defaults"]] == [
        {"hot": True},
        {"author": {"name": "김"}, "n": [1, 2.5], "day": "2024-01-02"},
    ]
    assert took["site.values"] == {"phone": "02-1", "twitter": {"name": "x"}}
    built = run("build", "-c", str(tmp_path / "config.toml"))
    assert built.exit_code == 0, built.stderr
    feed = (tmp_path / "feeds" / "feed.json").read_text("utf-8")
    assert "https://news.example/r/soup/" in feed
    assert "https://news.example/posts/a" in feed


def test_what_was_taken_is_shown_as_it_stands_in_the_file(
    run: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "_config.yml",
        "url: https://news.example\nphone: 02-1\nhot: true\n"
        "defaults:\n- values: {n: [1, 2], hot: true}\n",
    )

    lines = run("init", str(tmp_path)).stdout.splitlines()

    assert '  site.url = "https://news.example"    (from _config.yml)' in lines
    assert (
        '  posts.defaults = [{ "values" = { "n" = [1, 2], "hot" = true } }]'
        "    (from _config.yml)"
    ) in lines


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("lang: ''\nlocale: ar_SA.UTF-8", "ar-SA"),
        ("locale: [he, en]", "he"),
        ("lang: {home: بيت}", None),
        ("locale: []", None),
    ],
)
def test_the_language_of_a_theme_is_understood(
    run_json: Any, tmp_path: Path, told: str, language: str | None
) -> None:
    write(tmp_path, "_config.yml", f"url: https://n.example\n{told}\n")

    took = run_json("init", str(tmp_path))["took"]

    assert took.get("site.language") == language


def test_a_collection_without_a_date_is_no_news_unless_jekyll_feed_was_told_so(
    run_json: Any, tmp_path: Path
) -> None:
    names = ("docs", "changes", "talks", "films")
    options = "".join(f"  {name}: {{output: true}}\n" for name in names)
    feed = "feed: {collections: [changes]}\n"
    write(
        tmp_path,
        "_config.yml",
        f"url: https://n.example\ncollections:\n{options}{feed}",
    )
    for name in ("docs/a.md", "changes/a.md", "talks/2026-01-02-a.md", "talks/b.md"):
        path = tmp_path / f"_{name}"
        write(path.parent, path.name, "---\ntitle: T\n---\ndate: none\n")
    write(tmp_path / "_films", "a.html", "---\ntitle: T\ndate: 2026-01-02\n---\n")
    (tmp_path / "_docs" / "b.md").symlink_to("nowhere")

    took = run_json("init", str(tmp_path))["took"]

    assert took["posts.collections"] == [
        {"name": "docs", "output": False},
        {"name": "changes"},
        {"name": "talks"},
        {"name": "films"},
    ]


@pytest.mark.parametrize("key", ["source", "source_dir"])
def test_posts_lie_below_the_source_of_a_site(
    run: Any, run_json: Any, tmp_path: Path, key: str
) -> None:
    told = "collections: {a: {output: true}}\ndefaults:\n- scope: {path: _posts}\n  values: {x: 1}"
    write(
        tmp_path, "_config.yml", f"url: https://n.example\n{key}: ./source/\n{told}\n"
    )
    for name in ("_posts", "_a", "news/_posts"):
        folder = tmp_path / "source" / name
        write(folder, "2026-01-02-q.md", f"---\ntitle: {name}\n---\n글\n")

    took = run_json("init", str(tmp_path))["took"]

    assert took["posts.dir"] == "source/_posts"
    assert took["posts.also"] == ["source/news/_posts"]
    assert took["posts.collections"] == [{"name": "a", "dir": "source/_a"}]
    assert took["posts.defaults"] == [{"path": "source/_posts", "values": {"x": 1}}]
    assert run("build", "-c", str(tmp_path / "config.toml")).exit_code == 0
    feed = json.loads((tmp_path / "feeds" / "feed.json").read_text("utf-8"))
    assert [
        each.get("tags") for each in feed["items"] if each["title"] == "_posts"
    ] == [None]


@pytest.mark.parametrize("source", [".", "nowhere", "../up"])
def test_a_source_that_is_no_folder_of_the_site_is_left_aside(
    run_json: Any, tmp_path: Path, source: str
) -> None:
    write(tmp_path, "_config.yml", f"url: https://n.example\nsource: {source}\n")

    assert run_json("init", str(tmp_path))["took"]["posts.dir"] == "_posts"


def test_collections_may_lie_in_a_folder_of_their_own(
    run_json: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "_config.yml",
        "collections_dir: in\ncollections: [docs]\nname: N\ncollections: {a: {output: true}}\n",
    )
    (tmp_path / "in" / "_a").mkdir(parents=True)
    took = run_json("init", str(tmp_path))["took"]

    assert took["posts.dir"] == "in/_posts"
    assert took["posts.collections"] == [{"name": "a", "dir": "in/_a"}]
    assert took["site.title"] == "N"


HUGO = {
    "hugo.yaml": "baseURL: https://h.example/\ntitle: H\n",
    "hugo.yml": "baseURL: https://h.example/\ntitle: H\n",
    "hugo.json": '{"baseURL": "https://h.example/", "title": "H"}',
    "config.yaml": "BaseURL: https://h.example/\nTitle: H\n",
    "config.json": '{"baseurl": "https://h.example/", "title": "H"}',
    "config/_default/hugo.toml": 'baseURL = "https://h.example/"\ntitle = "H"\n',
    "config/_default/config.yaml": "baseURL: https://h.example/\ntitle: H\n",
}


@pytest.mark.parametrize("name", HUGO)
def test_every_file_hugo_reads_is_read(
    run_json: Any, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    write(path.parent, path.name, HUGO[name])
    took = run_json("init", str(tmp_path))["took"]

    assert took["site.url"] == "https://h.example"
    assert took["site.title"] == "H"
    assert took["posts.permalink"] == "hugo"


def test_hugo_s_sections_languages_and_parameters_are_taken_over(
    run: Any, run_json: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "config" / "_default"
    write(
        folder,
        "hugo.toml",
        'baseURL = "https://h.example/"\ndefaultContentLanguage = "ko"\n'
        'defaultContentLanguageInSubdir = true\ntimeZone = "Asia/Seoul"\n'
        '[permalinks]\nold = "/o/:slug"\n[permalinks.page]\nposts = "/:year/:title/"\n'
        '"/" = "/:contentbasename.html"\n',
    )
    write(folder, "languages.toml", '[ko]\ntitle = "소식"\ncontentDir = "content/ko"\n')
    write(folder, "params.ko.toml", 'description = "읍"\n')
    write(folder, "params.toml", 'author = { name = "김" }\n')
    write(folder, "notes.txt", "x")
    posts = tmp_path / "content" / "ko" / "posts"
    write(posts, "a.md", "---\ntitle: 큰 지진\ndate: 2026-01-02\n---\n글\n")
    took = run_json("init", str(tmp_path))["took"]

    assert took["site.title"] == "소식"
    assert took["site.language"] == "ko"
    assert took["site.author"] == "김"
    assert took["posts.dir"] == "content/ko"
    assert took["posts.permalink"] == "/ko/:hugo/"
    assert [each["values"]["permalink"] for each in took["posts.defaults"]] == [
        "/ko/o/:slugortitle/",
        "/ko/:year/:headline/",
        "/ko/:contentbasename.html",
    ]
    assert run("build", "-c", str(tmp_path / "config.toml")).exit_code == 0
    feed = (tmp_path / "feeds" / "feed.json").read_text("utf-8")
    assert "https://h.example/ko/2026/%ED%81%B0-%EC%A7%80%EC%A7%84/" in feed


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("hugo.toml", 'baseURL = "news"\n', "baseURL"),
        ("hugo.toml", 'baseURL = "https://a.example"\n[permalinks]\nx = "/:sections[1:]/"\n', "permalinks"),
        ("hugo.toml", 'baseURL = "https://a.example"\nlocale = "ko!"\n', "locale"),
        ("hugo.json", "[1", "hugo.json"),
        ("_config.yml", "a: &a [1]\nb: [" + "*a, " * 20 + "]\n", "aliases"),
        ("_config.yml", "a: " + "[" * 30_000, "nested"),
        ("_config.yml", "#" * (1 << 21), "1 MiB"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named(
    run: Any, tmp_path: Path, name: str, text: str, word: str
) -> None:
    write(tmp_path, name, text)
    refused = run("init", str(tmp_path))

    assert refused.exit_code == 2
    assert word in refused.stderr
    assert not (tmp_path / "config.toml").exists()


def test_hugo_s_translations_are_told_by_their_names(
    run: Any, run_json: Any, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "hugo.toml",
        'baseURL = "https://h.example/"\ndefaultContentLanguage = "ko"\n[languages.ko]\n'
        'title = "소식"\n[languages.EN]\ntitle = "News"\n[languages.ja]\ndisabled = true\n',
    )
    notes = tmp_path / "content" / "n"
    for name in ("a.md", "a.en.md", "b.ja.md"):
        write(notes, name, f"---\ntitle: {name}\n---\n글\n")
    for name in ("index.ko.md", "index.en.md"):
        write(notes / "quake", name, f"---\ntitle: {name}\n---\n글\n")
    took = run_json("init", str(tmp_path))["took"]
    built = run("build", "-c", str(tmp_path / "config.toml"))
    items = json.loads((tmp_path / "feeds" / "feed.json").read_text("utf-8"))["items"]

    assert took["posts.dir"] == "content"
    assert took["posts.languages"] == ["ko", "en"]
    assert built.exit_code == 0
    assert {
        each["url"].removeprefix("https://h.example"): each["language"]
        for each in items
    } == {
        "/n/a/": "ko",
        "/en/n/a/": "en",
        "/n/b.ja/": "ko",
        "/n/quake/": "ko",
        "/en/n/quake/": "en",
    }


@pytest.mark.parametrize(
    ("folders", "posts", "languages", "permalink"),
    [
        (("content/ko", "content/en"), "content", ["ko", "en"], "/:lang/:year/"),
        (("korean", "english"), "korean", None, "/ko/:year/"),
    ],
)
def test_hugo_s_translations_may_have_folders(
    run_json: Any,
    tmp_path: Path,
    folders: tuple[str, str],
    posts: str,
    languages: list[str] | None,
    permalink: str,
) -> None:
    korean, english = folders
    write(
        tmp_path,
        "hugo.toml",
        'baseURL = "https://h.example/"\ndefaultContentLanguage = "ko"\n'
        'defaultContentLanguageInSubdir = true\n[permalinks]\nn = "/:year/"\n'
        f'[languages.ko]\ncontentDir = "{korean}"\n'
        f'[languages.en]\ncontentDir = "{english}"\n',
    )
    took = run_json("init", str(tmp_path))["took"]

    assert took["posts.dir"] == posts
    assert took.get("posts.languages") == languages
    assert took["posts.defaults"] == [
        {
            "path": "content/*/n/" if languages else "korean/n/",
            "values": {"permalink": permalink},
        }
    ]


def test_ugly_addresses_of_hugo_end_in_html(run_json: Any, tmp_path: Path) -> None:
    text = (
        'baseURL = "https://a.example"\nuglyURLs = true\n[permalinks]\na = "/:title/"\n'
    )
    write(tmp_path, "hugo.toml", text)
    took = run_json("init", str(tmp_path))["took"]

    assert took["posts.permalink"] == "/:hugo.html"
    assert took["posts.defaults"][0]["values"] == {"permalink": "/:headline.html"}


@pytest.mark.parametrize(
    ("said", "permalinks"),
    [
        ("[uglyURLs]\npost = true\nnews = false\n", ["/:year/:slugortitle.html"]),
        (
            "[uglyURLs]\nfilms = true\n",
            ["/:hugo.html", "/:year/:slugortitle/"],
        ),
    ],
)
def test_single_sections_of_hugo_may_have_ugly_addresses(
    run_json: Any, tmp_path: Path, said: str, permalinks: list[str]
) -> None:
    text = 'baseURL = "https://a.example"\n[permalinks]\npost = "/:year/:slug/"\n'
    write(tmp_path, "hugo.toml", text + said)
    took = run_json("init", str(tmp_path))["took"]

    assert [
        each["values"]["permalink"] for each in took["posts.defaults"]
    ] == permalinks


def test_what_toml_has_another_form_for_is_written_in_it() -> None:
    assert written({"a b": [True, 1.5, "\x7f"]}) == '{ "a b" = [true, 1.5, "\\u007f"] }'
    assert written(float("inf")) == "inf"
