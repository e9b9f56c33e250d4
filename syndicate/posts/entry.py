"""A post as it stands in a feed: rendered, excerpted, illustrated."""

from functools import partial

from syndicate.config import Config
from syndicate.model import Entry, FiledPost, Post
from syndicate.posts.enclosures import enclosures
from syndicate.posts.episodes import episode
from syndicate.posts.errata import noted
from syndicate.posts.excerpt import excerpt
from syndicate.posts.hugo import is_hugo
from syndicate.posts.permalink import finish
from syndicate.posts.pictures import picture
from syndicate.posts.render import render
from syndicate.posts.scope import Links
from syndicate.posts.sources import source


def make_entry(
    filed: FiledPost, body: str, config: Config, *, links: Links | None = None
) -> Entry:
    """
    Make the entry of a post. Pure, and the same for the same input.

    Args:
        filed: The post, its front matter included, and what the store remembers of it.
        body: As ``read_post`` gave it.
        config: For the site's address, language and author.
        links: Gives other posts' addresses for ``link`` and ``post_url`` in the body;
            left out, they are guessed from file names.
    """
    post = finish(filed.post, first_seen=filed.first_seen, config=config)
    site = config.site
    html = render(body, post, config, links=links)
    published = filed.published
    recordings = tuple(enclosures(post.fields, site.url))
    return Entry(
        identity=filed.identity,
        title=post.title,
        link=post.link,
        published=published,
        updated=max(
            published,
            post.updated or filed.changed or published,
            *(each.at for each in filed.errata),
        ),
        excerpt=excerpt(
            post.fields, body, html, render=partial(render, post=post, config=config)
        ),
        html=noted(filed.errata) + html,
        authors=post.authors or ((site.author,) if site.author else ()),
        categories=post.categories,
        tags=post.tags,
        language=post.language or site.language,
        picture=picture(post.fields, html, site.url, bundle=_bundle(post, config)),
        source=source(post.fields, html, post.link),
        enclosures=recordings,
        episode=episode(post.fields, site.url) if recordings else None,
    )


def _bundle(post: Post, config: Config) -> str:
    """Give the address of a post that Hugo keeps in a folder of its own, else nothing."""
    is_index = post.path.rpartition("/")[2].startswith("index.")
    return post.link if is_index and is_hugo(config) else ""
