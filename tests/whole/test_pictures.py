"""The real command, a picture on another server, and a page that comes late."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.fetch.conftest import Web
from tests.fetch.samples import png

GATE = """
[fetch]
allow = ["{host}"]

[[alerts.rules]]
name = "breaking"
match = {{ title = "속보" }}
link_gate = {{ within = "1m" }}

[[channels]]
name = "terminal"
kind = "log"
"""


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web


def test_the_feed_learns_what_a_picture_measures_and_an_alert_waits_for_its_page(
    make_site: Callable[..., Any], post: Any, wait_for: Any, web: Web
) -> None:
    site = make_site()
    config = site.folder / "config.toml"
    said = config.read_text("utf-8").replace("https://news.example", web.url)
    config.write_text(said + GATE.format(host=web.host), "utf-8")
    url = web.put("/far", png())
    site.save("a.md", post("지진", body=f"![땅]({url})"))

    built = site.syndicate("build")
    asked = list(web.asked)
    unmeasured = (site.folder / "feeds" / "rss.xml").read_text("utf-8")
    site.start()
    wait_for(lambda: f'<enclosure url="{url}"' in site.get("rss.xml").text)
    etag = site.get("rss.xml").headers["etag"]
    site.save("b.md", post("속보: 여진", permalink="/b"))
    wait_for(lambda: "/b" in web.asked)
    waiting = site.states()
    web.put("/b", b"a page")
    wait_for(lambda: site.states()["sent"] == 1)

    assert built.returncode == 0
    assert asked == []
    assert "<enclosure" not in unmeasured
    assert f'length="{len(png())}" type="image/png"' in site.get("rss.xml").text
    assert site.get("rss.xml").headers["etag"] != etag
    assert waiting == {"queued": 1}
    assert site.stop_quickly() < 2
