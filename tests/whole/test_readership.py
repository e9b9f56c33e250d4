from typing import Any

import pytest

FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers)"


@pytest.mark.full
def test_who_reads_is_known_after_a_stop(make_site: Any, post: Any) -> None:
    """Nothing is written by a request, so the stop has to."""
    site = make_site()
    site.save("a.md", post("첫 소식"))
    site.start()
    first = site.get("rss.xml", **{"User-Agent": FEEDLY})
    again = {"User-Agent": FEEDLY, "If-None-Match": first.headers["ETag"]}
    assert site.get("rss.xml", **again).status_code == 304
    site.stop()

    [rss] = [each for each in site.json("feeds") if each["name"] == "rss.xml"]
    [reader] = rss["readers"]
    assert (reader["reader"], reader["subscribers"]) == ("Feedly", 42)
    assert (reader["requests"], reader["unmodified"]) == (2, 0.5)
