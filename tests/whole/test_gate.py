"""A feed that would lose most of its entries, seen from outside of the service."""

from typing import Any


def test_a_loss_shows_and_heals_by_itself(
    make_site: Any, post: Any, wait_for: Any
) -> None:
    site = make_site()
    paths = [site.save(f"{n}.md", post(f"글 {n}")) for n in range(8)]
    texts = {path: path.read_text("utf-8") for path in paths[1:]}
    site.start()
    good = site.get("rss.xml").content

    assert site.get("../readyz").status_code == 200

    for path in texts:
        path.unlink()
    wait_for(lambda: site.get("../readyz").status_code == 503)

    assert "rss.xml" in site.get("../readyz").text
    assert site.get("rss.xml").content == good

    for path, text in texts.items():
        path.write_text(text, "utf-8")
    wait_for(lambda: site.get("../readyz").status_code == 200)

    wait_for(lambda: site.get("rss.xml").content == good)
