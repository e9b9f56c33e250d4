from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr

from syndicate.config import Section
from syndicate.config.secrets import secret_keys, variable, with_secrets


class Renamed(Section):
    old: SecretStr = Field(validation_alias=AliasChoices("new", "newer"))
    other: SecretStr | None = Field(default=None, validation_alias="another")
    plain: str = ""


def test_a_variable_is_named_after_channel_and_key() -> None:
    assert variable("desk-telegram", "token") == "SYNDICATE_DESK_TELEGRAM_TOKEN"


def test_a_secret_may_be_written_under_any_of_its_names(tmp_path: Path) -> None:
    found, faults = with_secrets(
        {"plain": "p"},
        Renamed,
        channel="a",
        folder=tmp_path,
        environ={"SYNDICATE_A_NEWER": "n", "SYNDICATE_A_PLAIN": "no"},
    )

    assert list(secret_keys(Renamed)) == ["new", "newer", "another"]
    assert (found, faults) == ({"plain": "p", "newer": "n"}, {})
