"""
No secret leaves, whatever we say and whoever says it.

Every kind of channel is given canaries for secrets, by each of the three ways, and a far
end that refuses everything and repeats all it was sent. Then everything is read that
the service writes, at DEBUG: logs, answers, ledger, results, feeds.
"""

import json
import os
import re
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import create_engine, make_url, select

from syndicate.channels import built_in, find_channel
from syndicate.config.secrets import secret_keys, variable
from syndicate.store.tables import metadata
from tests.channels.samples import address_names, sample

PLACE = re.compile(r"put-the-([\w-]+)-here")


class Echo(BaseHTTPRequestHandler):
    """Refuses everything, and repeats it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        said = f"{self.path}\n{self.headers}\n{self.rfile.read(length)!r}"
        keys = ("error", "description", "message", "detail", "errcode", "title")
        content = json.dumps(dict.fromkeys(keys, said)).encode()
        self.send_response(400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_PUT = do_GET  # noqa: N815 - http.server's names

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def channel(
    kind: str, number: int, echo: str, folder: Path
) -> tuple[str, dict[str, str], list[str]]:
    """Give a table, the environment it needs, and the canaries in it."""
    table, canaries = marked(sample(kind), kind, number)
    lead(table, kind, echo)
    environ = dict[str, str]()
    for key in [k for k, v in table.items() if any(c in str(v) for c in canaries)]:
        if number % 3 == 1:
            path = folder / f"{kind}-{key}"
            path.write_text(str(table.pop(key)), "utf-8")
            table[f"{key}_file"] = str(path)
        elif number % 3 == 2:
            environ[variable(named(kind), key)] = str(table.pop(key))
    if "folder" in table:
        table["folder"] = str(folder / kind)
    lines = [f"{key} = {as_toml(value)}" for key, value in table.items()]
    head = ["[[channels]]", f'name = "{named(kind)}"', f'kind = "{kind}"']
    return "\n".join([*head, *lines]), environ, canaries


def marked(
    table: dict[str, Any], kind: str, number: int
) -> tuple[dict[str, Any], list[str]]:
    """Put canaries where a page has its placeholders, and give them, too."""
    canaries = list[str]()

    def canary(found: re.Match[str]) -> str:
        canaries.append(f"canary{number}-{found[1]}-Zq7vN2x9")
        return canaries[-1]

    secret = set(secret_keys(find_channel(kind).Config))
    for key, value in table.items():
        if isinstance(value, str) and key in secret:
            table[key] = PLACE.sub(canary, value)
    if kind == "webhook":
        signing = f"canary{number}-signing-Zq7vN2x9"
        encoded = b64encode(signing.encode()).decode()
        table["secret"] = f"whsec_{encoded}"
        canaries += [signing, encoded]
    return table, canaries


def lead(table: dict[str, Any], kind: str, echo: str) -> None:
    """Have a channel ask the far end of ours."""
    names = address_names(kind)
    if kind == "email":
        table |= {"host": "127.0.0.1", "port": int(echo.rpartition(":")[2])}
    for name in names:
        if name in table:
            path = str(table[name]).partition("://")[2].partition("/")[2]
            table[name] = f"{echo}/{path}"
            return
    if names:
        table["base_url"] = echo


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return json.dumps(value, ensure_ascii=False)


def named(kind: str) -> str:
    return kind.replace("_", "-")


def forms(canary: str) -> Iterator[str]:
    """Give the shapes in which a canary might leave."""
    yield from {canary, quote(canary, safe="")}
    for before in range(3):
        letters = b64encode(b"x" * before + canary.encode()).decode().rstrip("=")
        yield letters[4 : len(letters) - 4]


def leaks(texts: Mapping[str, str], canaries: list[str]) -> list[tuple[str, str, str]]:
    return [
        (name, canary, text[max(0, text.find(form) - 80) : text.find(form) + 40])
        for name, text in texts.items()
        for canary in canaries
        for form in forms(canary)
        if form in text
    ]


def rows(url: str) -> str:
    """Give everything the database holds, but the sessions platforms gave us."""
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = [t for t in metadata.sorted_tables if t.name != "sessions"]
        found = [str(connection.execute(select(each)).all()) for each in tables]
    engine.dispose()
    return "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("style", ["json", "text"])
def test_no_secret_leaves(
    make_site: Any, post: Any, wait_for: Any, schema: str, echo: str, style: str
) -> None:
    site = make_site()
    made = [
        channel(kind, number, echo, site.folder)
        for number, kind in enumerate(built_in())
    ]
    password = "canary-database-Zq7vN2x9"
    url = make_url(schema).set(password=password).render_as_string(hide_password=False)
    config = (site.folder / "config.toml").read_text("utf-8")
    store = f"\n[store]\nurl = {json.dumps(url)}\n"
    tables = "\n\n".join(table for table, _, _ in made)
    (site.folder / "config.toml").write_text(f"{config}{store}\n{tables}\n", "utf-8")
    canaries = [password, *(each for *_, found in made for each in found)]
    environ = {k: v for _, found, _ in made for k, v in found.items()}

    with (
        (site.folder / "out.log").open("w") as out,
        (site.folder / "err.log").open("w") as err,
    ):
        daemon = subprocess.Popen(
            [*site.command, "run", "--log", style, "--log-level", "debug"],
            cwd=site.folder,
            stdout=out,
            stderr=err,
            env={**os.environ, **environ},
        )
        site.daemons.append(daemon)
        wait_for(lambda: site._is_ready(daemon))
        site.save("a.md", post("[속보] 지진"))

        def commanded(*words: str) -> str:
            done = subprocess.run(
                [*site.command, *words],
                cwd=site.folder,
                capture_output=True,
                text=True,
                env={**os.environ, **environ},
                check=False,
            )
            return done.stdout + done.stderr

        def settled() -> bool:
            alerts = json.loads(commanded("alerts", "--json"))
            parts = [each for alert in alerts for each in alert["deliveries"]]
            return bool(parts) and all(each["attempts"] for each in parts)

        wait_for(settled, 180)
        time.sleep(1)
        texts = {
            "alerts": commanded("alerts", "--json"),
            "alert": commanded("alerts", "1"),
            "check": commanded("check", "--json"),
            "preview": commanded("preview", "_posts/a.md", "--json"),
            "/metrics": site.get("../metrics").text,
            "/readyz": site.get("../readyz").text,
            "database": rows(schema),
        }
        for word in ("channels", "doctor"):
            texts[word] = commanded(word, "--json")
            texts[f"{word} --probe"] = commanded(word, "--probe")
        site.stop()
    for path in [*site.folder.glob("*.log"), *site.folder.glob("feeds/**/*.*")]:
        texts[path.name] = path.read_bytes().decode("utf-8", "replace")

    assert len(canaries) > len(built_in())
    assert '"level": "debug"' in texts["err.log"] or style == "text"
    assert "지진" in texts["rss.xml"]
    assert leaks(texts, canaries) == []


def test_the_search_finds_what_it_looks_for() -> None:
    canary = "canary1-token-Zq7vN2x9"

    for text in (canary, f"Basic {b64encode(f'kim:{canary}!'.encode()).decode()}"):
        assert leaks({"log": text}, [canary])
