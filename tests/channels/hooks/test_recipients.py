import os
import threading
import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from syndicate.channels.hooks.recipients import (
    is_changing,
    read_recipients,
    wait_for_rest,
)
from syndicate.channels.webhook import Webhook, WebhookConfig
from syndicate.errors import NotSentError, RejectedError, SetupError

SECRET = "whsec_cHV0LXRoZS1rZXktaGVyZQ=="
GOOD = f"acme https://acme.example/hook {SECRET}"


def lie_still(file: Path) -> None:
    os.utime(file, (1e9, 1e9))


def channel_of(file: Path) -> Webhook:
    keys = {"url": "https://own.example/", "secret": SECRET, "recipients": file}
    return Webhook(WebhookConfig.model_validate(keys))


def test_a_line_is_a_name_an_address_and_a_secret(tmp_path: Path) -> None:
    file = tmp_path / "recipients"
    file.write_text(f"# who\n\n{GOOD}\n")
    assert is_changing(file)

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
    lie_still(file)
    keys = {"url": "https://own.example/", "secret": SECRET}
    channel = Webhook(WebhookConfig.model_validate({**keys, "recipients": file}))
    before = channel.recipients()
    file.write_text("broken line")
    lie_still(file)

    assert before == ("-", "acme")
    with pytest.raises(SetupError, match="line 1"):
        channel.recipients()


def test_who_is_told_is_read_when_a_half_written_file_lies_still(
    tmp_path: Path,
) -> None:
    file = tmp_path / "recipients"
    file.write_text(f"{GOOD}\n")
    channel = channel_of(file)
    file.write_text("")  # an editor's first step

    def write_the_rest() -> None:
        file.unlink()
        time.sleep(0.1)
        file.write_text(f"{GOOD}\nglobex https://globex.example/ {SECRET}\n")
        now = time.time()
        os.utime(file, (now - 1.7, now - 1.7))

    timer = threading.Timer(0.1, write_the_rest)
    timer.start()
    names = channel.recipients()
    timer.join()

    assert names == ("-", "acme", "globex")


def test_who_is_missing_from_a_file_that_is_being_changed_is_not_given_up(
    tmp_path: Path,
) -> None:
    file = tmp_path / "recipients"
    file.write_text(f"{GOOD}\n")
    channel = channel_of(file)
    file.write_text(GOOD.removesuffix("=="))  # cut off: the key would be another

    with pytest.raises(NotSentError, match="is being changed"):
        channel.request("{}", key="k", recipient="acme")
    file.write_text("# nobody any more\n")
    lie_still(file)
    with pytest.raises(RejectedError, match="no recipient of that name"):
        channel.request("{}", key="k", recipient="acme")


def test_a_file_that_stays_away_is_waited_for_no_longer_than_a_change(
    tmp_path: Path,
) -> None:
    file = tmp_path / "recipients"
    file.write_text(GOOD)
    channel = channel_of(file)
    file.unlink()
    began = time.monotonic()

    with pytest.raises(SetupError, match="cannot be used"):
        channel.recipients()
    assert time.monotonic() - began < 30


def test_a_file_that_is_changed_again_and_again_is_said_to_be_so(
    tmp_path: Path,
) -> None:
    file = tmp_path / "recipients"
    file.write_text(GOOD)

    with pytest.raises(ValueError, match="again and again"):
        wait_for_rest(file, patience=0)
