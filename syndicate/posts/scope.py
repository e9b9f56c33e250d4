"""What a post's body may ask for by Liquid."""

from functools import partial
from urllib.parse import urlsplit

from syndicate.config import Config
from syndicate.model import Post
from syndicate.posts.collections import name_of
from syndicate.posts.data_files import FOLDER
from syndicate.posts.dates import slug_of
from syndicate.posts.hugo import is_hugo
from syndicate.posts.liquid import Links, Scope
from syndicate.posts.permalink import link_by_name
from syndicate.posts.plain import clean
from syndicate.posts.site_data import data_of

__all__ = ["Links", "scope_of"]


def scope_of(post: Post, config: Config, links: Links | None = None) -> Scope:
    """
    Gather what ``site.…``, ``page.…`` and bare names stand for.

    Args:
        post: Whose body it is.
        config: For the site.
        links: For ``link`` and ``post_url``; left out, addresses are guessed from names.
    """
    site = config.site
    path = clean(post.path)
    date = post.published.astimezone(site.zone) if post.published else None
    said = {"date": date} if date else {}
    url = _url(post.link, site.url)
    return Scope(
        site_url=site.url,
        site={
            **site.values,
            "title": site.name,
            "description": site.description,
            "lang": site.language,
            "author": site.author,
        },
        data=data_of(config.folder / FOLDER),
        page={
            "id": url.removesuffix("/").removesuffix(".html"),
            **post.fields,
            **said,
            "title": post.title,
            "url": url,
            "path": config.shown(path),
            "collection": name_of(path, config),
            "categories": post.categories,
            "tags": post.tags,
            "slug": slug_of(path.rpartition("/")[2]),
        },
        link_of=links or partial(link_by_name, config=config),
        zone=site.zone,
        date=date,
        codes_only=is_hugo(config),
    )


def _url(link: str, site_url: str) -> str:
    """Give a post's address as a body knows it: ``site.baseurl`` goes before it."""
    if link.startswith(f"{site_url}/"):
        return link.removeprefix(site_url)
    return urlsplit(link).path
