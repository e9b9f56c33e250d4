"""
The news sitemap: what was published in the last two days.

It is made of posts, not of entries: none has to be rendered. Source:
developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from syndicate.config import Config
from syndicate.feeds.clean import clean
from syndicate.feeds.feed import site_feed
from syndicate.model import FiledPost

FILE = "news-sitemap.xml"
MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
PREFIXES: Any = {None: MAP, "news": NEWS}


def write_news(posts: Iterable[FiledPost], config: Config) -> bytes:
    """
    Write the sitemap of some posts.

    Args:
        posts: Of two days at most, 1,000 at most; they stand in their order.
        config: Says what the publication is called.
    """
    site = site_feed([], config)
    root = etree.Element(f"{{{MAP}}}urlset", nsmap=PREFIXES)
    for filed in posts:
        url = etree.SubElement(root, f"{{{MAP}}}url")
        etree.SubElement(url, f"{{{MAP}}}loc").text = clean(filed.post.link)
        news = etree.SubElement(url, f"{{{NEWS}}}news")
        publication = etree.SubElement(news, f"{{{NEWS}}}publication")
        language = short_language(filed.post.language or site.language)
        etree.SubElement(publication, f"{{{NEWS}}}name").text = site.title
        etree.SubElement(publication, f"{{{NEWS}}}language").text = language
        moment = filed.published.isoformat(timespec="seconds")
        etree.SubElement(news, f"{{{NEWS}}}publication_date").text = moment
        title = clean(filed.post.title).strip() or clean(filed.post.link)
        etree.SubElement(news, f"{{{NEWS}}}title").text = title
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def short_language(tag: str) -> str:
    """Give the two or three letters of ISO 639, with the two exceptions for Chinese."""
    first, *rest = tag.lower().split("-")
    if first == "zh":
        return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(rest) else "zh-cn"
    return first
