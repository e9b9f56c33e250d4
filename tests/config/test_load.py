from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from syndicate.config import Config, Section, load_config
from syndicate.errors import ConfigError, Problem, UsageError
from syndicate.model import Severity

CANARY = "canary-5f0c"
SITE = '[site]\nurl = "https://news.example"\n'
DESK = '[[channels]]\nname = "news-desk"\nkind = "radio"\n'


class Radio(Section):
    token: SecretStr
    station: str = "one"
    spare: SecretStr | None = None


def kinds(kind: str) -> type[Section]:
    if kind != "radio":
        raise UsageError(f"no channel kind is called {kind}")
    return Radio


def load(tmp_path: Path, text: str, environ: Mapping[str, str] | None = None) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return load_config(path, kinds, environ or {})


def problems(
    tmp_path: Path, text: str, environ: Mapping[str, str] | None = None
) -> list[Problem]:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text, environ)
    return list(caught.value.problems)


def said(
    tmp_path: Path, text: str, environ: Mapping[str, str] | None = None
) -> list[str]:
    return [problem.message for problem in problems(tmp_path, text, environ)]


def settings(
    tmp_path: Path, text: str, environ: Mapping[str, str] | None = None
) -> Radio:
    (channel,) = load(tmp_path, SITE + DESK + text, environ).channels
    assert isinstance(channel.settings, Radio)
    return channel.settings


def test_one_line_is_a_working_configuration(tmp_path: Path) -> None:
    config = load(tmp_path, SITE)

    assert config.site.name == "news.example"
    assert config.site.zone.key == "UTC"
    assert config.posts_dir == tmp_path / "_posts"
    assert config.feeds_dir == tmp_path / "feeds"
    assert config.feeds_url == "https://news.example/feeds/"
    assert config.posts.settle == timedelta(milliseconds=80)
    assert config.alerts.not_after == timedelta(minutes=30)
    assert config.channels == ()


def test_the_rule_for_breaking_news_holds_unless_another_is_written(
    tmp_path: Path,
) -> None:
    (rule,) = load(tmp_path, SITE).alerts.rules
    (other,) = load(
        tmp_path,
        SITE + '[[alerts.rules]]\nname = "tide"\nmatch = { category = ["tide"] }\n',
    ).alerts.rules

    assert (rule.name, rule.severity, rule.to) == ("breaking", Severity.BREAKING, None)
    assert rule.match.field == {"breaking": True}
    assert other.name == "tide"
    assert load(tmp_path, SITE + "[alerts]\nrules = []").alerts.rules == ()


def test_the_sample_at_the_root_of_the_project_is_right() -> None:
    root = Path(__file__).parents[2]

    config = load_config(root / "config.toml", lambda _: Section)

    assert config.path == root / "config.toml"
    assert [(c.name, c.kind) for c in config.channels] == [("terminal", "log")]
    assert config.alerts.rules == load_default_rules()


def load_default_rules() -> object:
    return Config.model_validate({"site": {"url": "https://a.example"}}).alerts.rules


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SITE.replace("\n", "\r\n").encode())

    assert load_config(path, kinds, {}).site.host == "news.example"


def test_a_feed_has_as_many_entries_as_asked_for(tmp_path: Path) -> None:
    assert load(tmp_path, SITE + "[feeds]\nentries = 10000\n").feeds.entries == 10_000


def test_relative_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    text = SITE + '[posts]\ndir = "../in"\n[feeds]\ndir = "/srv/out"\n'

    config = load(tmp_path, text)

    assert config.posts_dir == tmp_path / ".." / "in"
    assert config.feeds_dir == Path("/srv/out")


def test_the_address_of_feeds_ends_in_one_slash(tmp_path: Path) -> None:
    text = SITE + '[feeds]\nurl = "https://cdn.example/f/"\n'

    assert load(tmp_path, text).feeds_url == "https://cdn.example/f/"


@pytest.mark.parametrize(
    "permalink", ["pretty", "none", "/:categories/:title:output_ext"]
)
def test_the_permalinks_of_jekyll_are_known(tmp_path: Path, permalink: str) -> None:
    config = load(tmp_path, SITE + f'[posts]\npermalink = "{permalink}"\n')

    assert config.posts.permalink == permalink


@pytest.mark.parametrize("listen", ["", "127.0.0.1:0", "[::1]:8700", "localhost:65535"])
def test_the_server_listens_anywhere_or_nowhere(tmp_path: Path, listen: str) -> None:
    config = load(tmp_path, SITE + f'[server]\nlisten = "{listen}"\n')

    assert config.server.listen == listen


# All faults at once


def test_every_fault_is_told_at_once_with_its_place_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    text = (
        '[site]\nurl = "news.example"\nlang = "ko"\n'
        '[posts]\nsettle = "soon"\n'
        '[alerts]\napproval = ["braking"]\n'
        '[[alerts.rules]]\nname = "a"\nmatch = { titel = "x" }\nto = ["desk"]\n'
        '[[channels]]\nname = "news-desk"\nkind = "radio"\n'
        '[[channels]]\nname = "news-desk"\nkind = "pigeon"\n'
    )

    found = problems(tmp_path, text)

    assert [(p.line, p.col, p.message) for p in found] == [
        (2, 1, "site.url: write a full address, such as https://news.example"),
        (3, 1, "site.lang: unknown key"),
        (5, 1, 'posts.settle: write a duration as "30s", "5m", "2h" or "7d"'),
        (
            7,
            1,
            (
                "the 1st value of alerts.approval: "
                "write one of 'breaking', 'urgent', 'normal'"
            ),
        ),
        (10, 11, "match.titel in the 1st [[alerts.rules]] table (a): unknown key"),
        (11, 1, "to in the 1st [[alerts.rules]] table (a): no channel is called desk"),
        (12, 1, "token in the 1st [[channels]] table (news-desk): missing"),
        (
            16,
            1,
            "name in the 2nd [[channels]] table (news-desk): news-desk is used twice",
        ),
        (
            17,
            1,
            "kind in the 2nd [[channels]] table (news-desk): no channel kind is called pigeon",
        ),
    ]
    assert [p.code for p in found] == (
        "CF002 CF003 CF002 CF002 CF003 CF006 CF004 CF005 CH001".split()
    )
    assert all(p.hint and p.effect for p in found)
    assert all(p.file == str(tmp_path / "config.toml") for p in found)


def test_a_misspelt_key_is_answered_with_the_key_that_was_meant(tmp_path: Path) -> None:
    def hints(text: str) -> list[str]:
        return [problem.hint for problem in problems(tmp_path, text)]

    desk = SITE + DESK + 'token = "t"\n'

    assert hints(SITE + "[feed]\n") == ["did you mean feeds?"]
    assert hints(SITE + "[posts]\nsetle = 1\n") == ["did you mean settle?"]
    assert hints(desk + 'templte = "x"\n') == ["did you mean template?"]
    assert hints(desk + 'spare_fle = "x"\n') == ["did you mean spare_file?"]
    assert hints(SITE + "[posts]\nzz = 1\n") == [
        "known here: dir, also, permalink, languages, collections, defaults, settle, rescan"
    ]
    assert hints(
        SITE + '[[alerts.rules]]\nname = "a"\nmatch = { fields = 1, title = "x" }\n'
    ) == ["did you mean field?"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[site]\n", "site.url: missing"),
        ("", "site.url: missing"),
        ('site = "x"\n', "site: write a table"),
        (SITE + "title = 5\n", "site.title: write text, in quotes"),
        (
            SITE + 'timezone = "Korea"\n',
            'site.timezone: no such time zone; write one as "Asia/Seoul"',
        ),
        (
            SITE + 'language = "ko_KR"\n',
            'site.language: write a language tag of BCP 47, such as "ko-KR"',
        ),
        (
            '[site]\nurl = "https://news.example/?p=1"\n',
            "site.url: write the address of the site without ? and #",
        ),
        (SITE + "[posts]\ndir = 5\n", "posts.dir: write a path, in quotes"),
        (SITE + '[posts]\nsettle = "2m"\n', "posts.settle: write 1m or less"),
        (SITE + '[posts]\nrescan = "1ms"\n', "posts.rescan: write 1s or more"),
        (
            SITE + '[posts]\npermalink = "/:yeer/"\n',
            "posts.permalink: unknown placeholder :yeer",
        ),
        (
            SITE + '[posts]\npermalink = "fancy"\n',
            (
                "posts.permalink: write one of date, eleventy, hugo, none, ordinal, pretty, weekdate, "
                'or a template such as "/:year/:title/"'
            ),
        ),
        (
            SITE + "[feeds]\nentries = true\n",
            "feeds.entries: write a whole number from 1 to 10000",
        ),
        (
            SITE + '[feeds]\nby = ["tga"]\n',
            "the 1st value of feeds.by: write one of 'category', 'tag', 'author', 'language'",
        ),
        (
            SITE + '[feeds.podcast]\nemail = "radio at news"\n',
            (
                "feeds.podcast.email: write an address such as news@example.com, "
                "in Latin letters"
            ),
        ),
        (
            SITE + '[feeds]\nhubs = "x"\n',
            "feeds.hubs: write a list, in square brackets",
        ),
        (
            SITE + '[server]\nlisten = ":8700"\n',
            'server.listen: write "host:port", or "" to switch the server off',
        ),
        (
            SITE + '[store]\nurl = "mysql://x"\n',
            (
                "store.url: write an address that begins with sqlite:///, "
                "postgresql+psycopg://"
            ),
        ),
        (SITE + '[alerts]\nnot_after = "0s"\n', "alerts.not_after: write 1ms or more"),
        (SITE + '[alerts]\nnot_after = "31d"\n', "alerts.not_after: write 30d or less"),
        (
            SITE + '[[alerts.rules]]\nname = "a"\nmatch = {}\n',
            "match in the 1st [[alerts.rules]] table (a): write at least one of title, category, field",
        ),
        (
            SITE + '[[alerts.rules]]\nname = "a"\nmatch = { title = "(" }\n',
            (
                "match.title in the 1st [[alerts.rules]] table (a): not a regular expression: missing ), "
                "unterminated subpattern at position 0"
            ),
        ),
        (
            SITE + '[[alerts.rules]]\nname = "a"\nmatch = { field = { x = 1.5 } }\n',
            "match.field.x in the 1st [[alerts.rules]] table (a): write text, a whole number, true or false",
        ),
        (
            SITE + '[[alerts.rules]]\nname = "a"\nmatch = { title = "x" }\nto = []\n',
            "to in the 1st [[alerts.rules]] table (a): write at least one",
        ),
        (
            SITE + '[alerts]\nrules = ["x"]\n',
            "the 1st value of alerts.rules: write a table",
        ),
        (
            SITE + '[alerts.rules]\nname = "a"\n',
            "alerts.rules: write a list, in square brackets",
        ),
        (SITE + "alerts = 5\n", "site.alerts: unknown key"),
        (
            SITE + '[alerts.prefixes.ko]\nbreakin = "x"\n',
            "alerts.prefixes.ko.breakin: unknown key",
        ),
        ("alerts = 5\n" + SITE, "alerts: write a table"),
        (SITE + '[channels]\nname = "a"\n', "channels: not a list of tables"),
        ("channels = [1]\n" + SITE, "channels: not a list of tables"),
        (
            SITE + '[[channels]]\nname = "a"\n',
            "kind in the 1st [[channels]] table (a): missing",
        ),
        (
            SITE + '[[channels]]\nname = "a"\nkind = 5\n',
            "kind in the 1st [[channels]] table (a): write text, in quotes",
        ),
        (
            SITE + '[[channels]]\nname = "A"\nkind = "radio"\ntoken = "t"\n',
            (
                "name in the 1st [[channels]] table (A): write small letters, digits and hyphens, at most 64, "
                "a letter first"
            ),
        ),
        (
            SITE + '[[channels]]\nname = "a"\nkind = "radio"\ntoken = 5\n',
            "token in the 1st [[channels]] table (a): write text, in quotes",
        ),
        (
            SITE + DESK + 'token = "t"\nsettings = { station = "two" }\n',
            "settings in the 1st [[channels]] table (news-desk): unknown key",
        ),
    ],
)
def test_a_wrong_value_is_told_in_one_plain_sentence(
    tmp_path: Path, text: str, message: str
) -> None:
    assert said(tmp_path, text) == [message]


@pytest.mark.parametrize(
    "table",
    [
        '[posts]\ndir = "a\\u0000"\n',
        '[posts]\nalso = ["a\\u0000"]\n',
        '[feeds]\ndir = "a\\u0000"\n',
        '[store]\nurl = "sqlite:///a\\u0000"\n',
        '[[posts.collections]]\nname = "a"\ndir = "a\\u0000"\n',
        '[[posts.collections]]\nname = "a\\u0000"\n',
    ],
)
def test_a_path_that_no_system_has_is_refused(tmp_path: Path, table: str) -> None:
    assert len(problems(tmp_path, SITE + table)) == 1


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    rule = '[[alerts.rules]]\nname = "a"\nmatch = { title = "x" }\n'

    assert said(tmp_path, SITE + rule + rule) == [
        "name in the 2nd [[alerts.rules]] table (a): a is used twice"
    ]


# Files that cannot be read at all


def test_a_syntax_error_is_told_with_its_place(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, SITE + 'title = "a\n')

    assert (found.code, found.line, found.col) == ("CF001", 3, 11)
    assert found.message.startswith("not TOML: illegal character")
    assert found.source == 'title = "a'


@pytest.mark.parametrize("text", ["[site]\nurl = ", "[[[site", "x = [", 'x = """a\n\n'])
def test_a_file_that_breaks_off_is_told_with_a_place(tmp_path: Path, text: str) -> None:
    (found,) = problems(tmp_path, text)

    assert found.code == "CF001"
    assert 1 <= found.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 100_000, "x = " + "9" * 10_000, "[" + "a." * 50_000 + "a]"],
)
def test_a_file_past_the_limits_of_python_is_no_crash(
    tmp_path: Path, text: str
) -> None:
    (found,) = problems(tmp_path, text)

    assert found.code == "CF001"


def test_a_missing_file_is_answered_with_the_command_that_writes_one(
    tmp_path: Path,
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "none.toml", kinds, {})

    (found,) = caught.value.problems
    assert (found.code, found.message) == ("CF000", "no such file")
    assert "syndicate init" in found.hint


def test_a_file_in_another_encoding_and_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "korean.toml").write_bytes('x = "한글"'.encode("cp949"))

    for path, why in [(tmp_path / "korean.toml", "not UTF-8"), (tmp_path, "directory")]:
        with pytest.raises(ConfigError, match=why):
            load_config(path, kinds, {})


def test_a_path_no_system_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="null"):
        load_config(tmp_path / "a\0b", kinds, {})


# Secrets


def test_a_secret_may_be_the_key_itself(tmp_path: Path) -> None:
    assert settings(tmp_path, 'token = "t"').token.get_secret_value() == "t"


def test_a_secret_may_come_from_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t\n", "utf-8")

    assert settings(tmp_path, 'token_file = "token"').token.get_secret_value() == "t"


def test_a_secret_may_come_from_the_environment(tmp_path: Path) -> None:
    environ = {"SYNDICATE_NEWS_DESK_TOKEN": "t", "SYNDICATE_NEWS_DESK_SPARE": ""}

    found = settings(tmp_path, "", environ)

    assert found.token.get_secret_value() == "t"
    assert found.spare is None


def test_a_secret_given_in_two_ways_is_refused(tmp_path: Path) -> None:
    environ = {"SYNDICATE_NEWS_DESK_TOKEN": CANARY}
    (tmp_path / "token").write_text(CANARY, "utf-8")
    both = f'token = "{CANARY}"\ntoken_file = "token"\n'

    assert said(tmp_path, SITE + DESK + both) == [
        "token in the 1st [[channels]] table (news-desk): given twice: token, token_file"
    ]
    assert said(tmp_path, SITE + DESK + 'token_file = "token"\n', environ) == [
        "token_file in the 1st [[channels]] table (news-desk): given twice: token_file, SYNDICATE_NEWS_DESK_TOKEN"
    ]


def test_a_missing_secret_is_answered_with_the_three_ways_to_give_it(
    tmp_path: Path,
) -> None:
    (found,) = problems(tmp_path, SITE + DESK)

    assert found.message == "token in the 1st [[channels]] table (news-desk): missing"
    assert found.hint == ("write token or token_file, or set SYNDICATE_NEWS_DESK_TOKEN")


def test_a_secret_file_that_says_nothing_is_refused_beside_other_faults(
    tmp_path: Path,
) -> None:
    (tmp_path / "empty").write_text(" \n", "utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xff")
    text = SITE + DESK + 'token_file = "empty"\nspare_file = "binary"\nstation = 5\n'

    assert said(tmp_path, text) == [
        "token_file in the 1st [[channels]] table (news-desk): the file token_file names is empty",
        "spare_file in the 1st [[channels]] table (news-desk): cannot read the file spare_file names: not UTF-8",
        "station in the 1st [[channels]] table (news-desk): write text, in quotes",
    ]
    assert said(tmp_path, SITE + DESK + 'token_file = "nowhere"\n') == [
        (
            "token_file in the 1st [[channels]] table (news-desk): cannot read the file token_file names: "
            "No such file or directory"
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'token = "{CANARY}"\ntoken_file = "x"\n',
        f'token = ["{CANARY}"]\n',
        f'tokn = "{CANARY}"\n',
        f'token = {{ x = "{CANARY}" }}\n',
        f'token_file = "{CANARY}"\n',
        f'token = "{CANARY}\n',
        f"token = {CANARY}\n",
        f'token = """\n{CANARY}\nx = \\q"""\n',
        f'token = """\n{CANARY}=\x01\n"""\n',
        f'token = "{CANARY}" station = "x"\n',
        f'token = "{CANARY}"\ntoken = "{CANARY}"\n',
        f'token = "x"\nstation = 5 # {CANARY}=\x01\n',
        f'token = "x"\n[store]\nurl = "mysql://u:{CANARY}@h/n?p={CANARY}"\n',
        f'token = "x"\n[store]\nurl = "mysql://u:x@{CANARY}@h/n"\n',
        f'token = "x"\n[store]\nurl = "postgresql+psycopg://u:{CANARY}@h\n',
        f'token = "x"\n[server]\nlisten = "https://u:a@{CANARY}@h"\n',
    ],
)
def test_no_fault_shows_a_secret(tmp_path: Path, text: str) -> None:
    found = problems(tmp_path, SITE + DESK + text)

    assert CANARY not in repr(found)


def test_inline_channels_show_no_secret(tmp_path: Path) -> None:
    text = f'channels = [{{ name = "a", kind = "radio", tokn = "{CANARY}" }}]\n'

    found = problems(tmp_path, text + SITE)

    assert [p.message for p in found] == [
        "token in the 1st [[channels]] table (a): missing",
        "tokn in the 1st [[channels]] table (a): unknown key",
    ]
    assert CANARY not in repr(found)


def test_a_configuration_shown_whole_hides_its_secrets(tmp_path: Path) -> None:
    store = f'[store]\nurl = "postgresql+psycopg://u:{CANARY}@h/n"\n'

    config = load(tmp_path, SITE + store + DESK + f'token = "{CANARY}"\n')

    assert CANARY not in repr(config)
    assert CANARY not in config.model_dump_json()


def test_a_line_that_is_wrong_is_shown_where_it_holds_no_secret(tmp_path: Path) -> None:
    text = SITE + DESK + f'token = "{CANARY}"\nstation = 5\n'

    (found,) = problems(tmp_path, text)

    assert found.source == "station = 5"


def test_a_harmless_line_of_a_channel_that_is_not_toml_is_shown(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, SITE + "[[channels]]\nname = radio\n")

    assert found.source == "name = radio"
