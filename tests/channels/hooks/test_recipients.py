from pathlib import Path

import pytest
from pydantic import ValidationError

from syndicate.channels.hooks.recipients import read_recipients
from syndicate.channels.webhook import Webhook, WebhookConfig
from syndicate.errors import SetupError

SECRET = "whsec_cHV0LXRoZS1rZXktaGVyZQ=="
GOOD = f"acme https://acme.example/hook {SECRET}"


def test_a_line_is_a_name_an_address_and_a_secret(tmp_path: Path) -> None:
    file = tmp_path / "recipients"
    file.write_text(f"# who\n\n{GOOD}\n")

    assert list(read_recipients(file)) == ["acme"]
    assert read_recipients(file)["acme"].url == "https://acme.example/hook"


@pytest.mark.parametrize(
    "line",
    [
        "acme https://acme.example/hook",
        f"ac/me https://acme.example/hook {SECRET}",
        f"acme ftp://acme.example/hook {SECRET}",
        f"acme https://kim:pass@acme.example/hook {SECRET}",
        "acme https://acme.example/hook whsec_???",
    ],
)
def test_a_line_that_is_wrong_is_named_and_not_repeated(
    tmp_path: Path, line: str
) -> None:
    file = tmp_path / "recipients"
    file.write_text(f"# who\n{line}\n")

    with pytest.raises(ValueError, match="line 2 is not") as raised:
        read_recipients(file)
    assert "acme.example" not in str(raised.value)


def test_a_name_stands_for_one_recipient(tmp_path: Path) -> None:
    file = tmp_path / "recipients"
    file.write_text(f"{GOOD}\n{GOOD}\n")

    with pytest.raises(ValueError, match="line 2 has a name a second time"):
        read_recipients(file)


def test_a_file_that_cannot_be_used_is_a_fault_of_the_configuration(
    tmp_path: Path,
) -> None:
    keys = {"url": "https://own.example/", "secret": SECRET}
    for path in (tmp_path / "none", Path("relative")):
        with pytest.raises(ValidationError):
            WebhookConfig.model_validate({**keys, "recipients": path})


def test_a_file_that_is_broken_later_stops_what_needs_it(tmp_path: Path) -> None:
    file = tmp_path / "recipients"
    file.write_text(GOOD)
    keys = {"url": "https://own.example/", "secret": SECRET}
    channel = Webhook(WebhookConfig.model_validate({**keys, "recipients": file}))
    before = channel.recipients()
    file.write_text("broken line")

    assert before == ("-", "acme")
    with pytest.raises(SetupError, match="line 1"):
        channel.recipients()
