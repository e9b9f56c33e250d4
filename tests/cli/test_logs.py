import io
import json
import logging
import sys
import threading
from collections.abc import Callable

import pytest
from pydantic import SecretStr

from syndicate.channels.webhook import WebhookConfig
from syndicate.cli.logs import logging_to, secrets_in
from syndicate.config import ChannelConfig, Config

HIDDEN = "s3cr3t-of-the-desk"


@pytest.fixture
def config() -> Config:
    hook = WebhookConfig(
        url=f"https://hooks.example/{HIDDEN}-in-a-path/x",
        secret=SecretStr("whsec_cHV0LXRoZS1zaWduaW5nLWtleS1oZXJl"),
    )
    return Config.model_validate(
        {
            "site": {"url": "https://news.example"},
            "store": {"url": f"postgresql+psycopg://kim:{HIDDEN}%21@db.example/news"},
            "feeds": {"hubs": ["https://kim:hub-password@hub.example/"]},
            "channels": [ChannelConfig(name="desk", kind="webhook", settings=hook)],
        }
    )


def logged(
    config: Config, say: Callable[[], object], *, as_json: bool = True, level: int = 10
) -> str:
    stream = io.StringIO()
    with logging_to(stream, config, as_json=as_json, level=level):
        say()
    return stream.getvalue()


def test_an_event_is_one_object_on_one_line(config: Config) -> None:
    def say() -> None:
        log = logging.getLogger("syndicate.outbox.lane")
        log.warning("lane %s:\nall is well", "데스크", extra={"alert": 7})

    (line,) = logged(config, say).splitlines()

    told = json.loads(line)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "level": "warning",
        "logger": "syndicate.outbox.lane",
        "thread": "MainThread",
        "message": "lane 데스크:\nall is well",
        "alert": 7,
    }


def test_what_is_printed_becomes_events(config: Config) -> None:
    def say() -> None:
        print("posts  1")  # noqa: T201
        print("half a ", end="")  # noqa: T201
        print("line", file=sys.stdout, flush=True)  # noqa: T201
        print(file=sys.stderr)  # noqa: T201
        print("bad", file=sys.stderr)  # noqa: T201
        assert not sys.stdout.isatty()

    told = [json.loads(line) for line in logged(config, say).splitlines()]

    assert [(each["level"], each["message"]) for each in told] == [
        ("info", "posts  1"),
        ("info", "half a line"),
        ("warning", "bad"),
    ]


@pytest.mark.parametrize("as_json", [True, False])
def test_no_line_holds_a_secret_whoever_wrote_it(
    config: Config, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    def crash() -> None:
        raise ValueError(f"bad password {HIDDEN}!")

    def say() -> None:
        logging.getLogger("httpx").debug("Authorization: %s!", HIDDEN)
        logging.getLogger("py.warnings").warning("hub-password")
        try:
            crash()
        except ValueError:
            logging.getLogger("syndicate").exception("it broke")
        thread = threading.Thread(target=crash)
        thread.start()
        thread.join()
        print(HIDDEN + "!")  # noqa: T201

    text = logged(config, say, as_json=as_json)
    printed = "".join(capsys.readouterr())

    assert "Traceback" in text
    assert "a thread ended" in text
    assert "it broke" in text
    for secret in (f"{HIDDEN}!", "hub-password"):
        assert secret not in text + printed


def test_above_debug_libraries_only_warn(config: Config) -> None:
    def say() -> None:
        logging.getLogger("apscheduler").info("woke up")
        logging.getLogger("apscheduler").warning("missed")
        logging.getLogger("syndicate").info("sent")
        logging.getLogger("syndicate").debug("looked")

    text = logged(config, say, as_json=False, level=logging.INFO)

    assert [line.split("  ")[1] for line in text.splitlines()] == ["missed", "sent"]


def test_all_is_as_it_was_afterwards(config: Config) -> None:
    before = sys.stdout, sys.stderr, threading.excepthook, logging.getLogger().handlers
    logged(config, lambda: None)

    assert before == (
        sys.stdout,
        sys.stderr,
        threading.excepthook,
        logging.getLogger().handlers,
    )


def test_secrets_are_found_wherever_they_stand(config: Config) -> None:
    assert set(secrets_in(config)) >= {
        f"{HIDDEN}!",
        f"{HIDDEN}%21",
        "hub-password",
        "whsec_cHV0LXRoZS1zaWduaW5nLWtleS1oZXJl",
    }
