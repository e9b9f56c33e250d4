"""What can be written, called or met stands in docs/. The lists come from the code."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from syndicate.channels import built_in
from syndicate.cli import main
from syndicate.config import (
    AlertsConfig,
    ChannelConfig,
    Collection,
    Defaults,
    FeedsConfig,
    FetchConfig,
    LinkGate,
    Match,
    PartnerConfig,
    PodcastConfig,
    PostsConfig,
    Rule,
    ServerConfig,
    SiteConfig,
    StoreConfig,
)
from syndicate.config.alerting import Prefixes
from syndicate.config.checks import PERMALINK_WORDS
from syndicate.config.telling import Templates

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

TABLES: Mapping[str, type[BaseModel]] = {
    "[site]": SiteConfig,
    "[posts]": PostsConfig,
    "[[posts.collections]]": Collection,
    "[[posts.defaults]]": Defaults,
    "[feeds]": FeedsConfig,
    "[feeds.podcast]": PodcastConfig,
    "[[feeds.partners]]": PartnerConfig,
    "[server]": ServerConfig,
    "[store]": StoreConfig,
    "[alerts]": AlertsConfig,
    "[[alerts.rules]]": Rule,
    "[alerts.rules.match]": Match,
    "[alerts.rules.link_gate]": LinkGate,
    "[fetch]": FetchConfig,
    "[[channels]]": ChannelConfig,
    "[channels.templates]": Templates,
    "[alerts.prefixes.LANGUAGE]": Prefixes,
}

# What a default does that a value cannot say.
IN_WORDS = {
    "[feeds] url": "`site.url` + `/feeds`",
    "[feeds] podcast": "the table below",
    "[alerts] rules": "the rule below",
    "[[alerts.rules]] to": "every channel",
    "[[alerts.rules]] link_gate": "none",
    "[alerts.rules.match] title": "none",
    "[[posts.collections]] dir": "`_` and the name",
    "[[posts.collections]] permalink": "`/:collection/:path`",
    "[[channels]] template": "the kind's",
    "[[channels]] rate": "the kind's",
    "[[channels]] templates": "the table below",
    "[channels.templates] breaking": "`template`",
    "[channels.templates] urgent": "`template`",
    "[channels.templates] normal": "`template`",
    "[alerts.prefixes.LANGUAGE] breaking": "`[속보]`, `【速報】`, `BREAKING:`",
    "[alerts.prefixes.LANGUAGE] correction": "`[정정]`, `【訂正】`, `CORRECTION:`",
    "[alerts.prefixes.LANGUAGE] retraction": "`[취소]`, `【取消】`, `RETRACTED:`",
}

LINK = r"\]\((?!https?:|#|mailto:)([^)#\s]+)"

every_table = pytest.mark.parametrize("name", TABLES)


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(name: str) -> dict[str, str]:
    """Give key and default of each row under a heading of the reference."""
    after = page("reference/config.md").split(f"# `{name}`\n")[1]
    section = re.split(r"^##", after, maxsplit=1, flags=re.MULTILINE)[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \| .+ \|$", section, re.MULTILINE))


def keys(table: type[BaseModel]) -> dict[str, Any]:
    return {
        key: field.get_default(call_default_factory=True, validated_data={})
        for key, field in table.model_fields.items()
        if key != "settings"
    }


def as_toml(default: object) -> str:
    """Write a default as the reference does."""
    match default:
        case _ if default is PydanticUndefined:
            return "required"
        case timedelta():
            return f'`"{_duration(default)}"`'
        case SecretStr():
            return f'`"{default.get_secret_value()}"`'
        case tuple() | dict() | bool() | int():
            return f"`{json.dumps(default)}`"
        case _:
            return f'`"{default}"`'


def _duration(length: timedelta) -> str:
    milliseconds = length // timedelta(milliseconds=1)
    for unit, size in [
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
    ]:
        if milliseconds % size == 0:
            return f"{milliseconds // size}{unit}"
    return f"{milliseconds}ms"


@every_table
def test_every_key_stands_in_the_reference_with_its_default(name: str) -> None:
    wanted = {
        key: IN_WORDS.get(f"{name} {key}") or as_toml(default)
        for key, default in keys(TABLES[name]).items()
    }

    assert rows(name) == wanted


def test_every_kind_of_channel_has_a_page() -> None:
    assert [k for k in built_in() if not (DOCS / f"channels/{k}.md").is_file()] == []


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Give every command with its full name, groups of commands included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def test_every_command_and_option_stands_in_the_reference() -> None:
    reference = page("reference/commands.md")
    missing = []
    for name, command in commands(main, "syndicate"):
        section = reference.partition(f"## `{name}")[2].partition("\n## ")[0]
        wanted = [
            option
            for parameter in command.params
            if isinstance(parameter, click.Option)
            for option in parameter.opts
            if option.startswith("--")
            and option not in ("--config", "--lang", "--help")
        ]
        missing += [f"{name} {o}" for o in wanted if f"`{o}" not in section]
        missing += [] if section else [name]

    assert missing == []


def codes() -> set[str]:
    """Give every code; ``tests/words`` holds the catalogue against the source."""
    catalogue = ROOT / "syndicate" / "words" / "en" / "problems.toml"
    return set(tomllib.loads(catalogue.read_text("utf-8")))


def test_every_problem_has_a_place_in_the_reference_that_a_link_can_name() -> None:
    problems = page("reference/problems.md")
    found = set(re.findall(r"^### ([A-Z]{2}\d{3})$", problems, re.MULTILINE))

    assert found == codes()


def test_the_placeholders_of_permalinks_are_listed_where_the_hint_leads() -> None:
    section = page("reference/problems.md").split("### SL006")[1].split("###")[0]

    assert set(re.findall(r"`:(\w+)`", section)) == PERMALINK_WORDS


def test_the_problems_of_the_configuration_stand_beside_its_keys() -> None:
    reference = page("reference/config.md")

    assert [
        code for code in codes() if code[:2] == "CF" and code not in reference
    ] == []


def test_a_link_between_pages_leads_somewhere() -> None:
    lost = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
        for link in re.findall(LINK, path.read_text("utf-8"))
        if not path.parent.joinpath(link).exists()
    ]

    assert lost == []
