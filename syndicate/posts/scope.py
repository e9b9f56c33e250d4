"""What a post's body may ask for by Liquid."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from syndicate.config import Config
from syndicate.model import Post
from syndicate.posts.expressions import Scope
from syndicate.posts.permalink import link_by_name
from syndicate.posts.plain import clean

Links = Callable[[str], str | None]
"""Gives the address of a post by its file's name; ``None`` for one nobody knows."""


def scope_of(post: Post, config: Config, links: Links | None = None) -> Scope:
    """
    Gather what ``site.…``, ``page.…`` and bare names stand for.

    Args:
        post: Whose body it is.
        config: For the site.
        links: For ``link`` and ``post_url``; left out, addresses are guessed from names.
    """
    site = config.site
    return Scope(
        site_url=site.url,
        site={
            "title": site.name,
            "description": site.description,
            "lang": site.language,
            "author": site.author,
        },
        page={
            **post.fields,
            "title": post.title,
            "url": urlsplit(post.link).path,
            "path": clean(post.path),
        },
        link_of=links or partial(link_by_name, config=config),
    )
