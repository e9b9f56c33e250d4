"""What partners would refuse, told of the posts as they stand. Writes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from syndicate.app.gallery import Gallery
from syndicate.config import Config
from syndicate.errors import Gravity, PostError, Problem
from syndicate.feeds import select
from syndicate.feeds.build import cleaned
from syndicate.feeds.feed import Feed, site_feed
from syndicate.model import Entry, FiledPost, Post
from syndicate.posts.entry import make_entry
from syndicate.posts.files import read_file
from syndicate.posts.read import read_post


def refusals(
    posts: Iterable[Post], config: Config, *, now: datetime
) -> Iterator[Problem]:
    """
    Write the feed of each partner, publish none, and name what it would refuse.

    A picture elsewhere is not measured here; the service measures it, and its size is
    judged when it is known.

    Args:
        posts: Every post that can stand in a feed.
        config: Names the partners; without one nothing is rendered.
        now: The time partners look.

    Returns:
        Warnings: of ``config.toml`` where they are about a feed as a whole.
    """
    if not config.feeds.partners:
        return
    from syndicate.feeds.partners import find_profile  # noqa: PLC0415
    from syndicate.feeds.partners.lint import lint  # noqa: PLC0415
    from syndicate.feeds.partners.write import file_of, write_partner  # noqa: PLC0415

    paths, feed = _feed(posts, config, now)
    for partner in config.feeds.partners:
        profile = find_profile(partner.profile)
        written = write_partner(feed, profile, file_of(partner.name))
        for refusal in lint(written, profile, now=now):
            yield Problem(
                code=refusal.code,
                words={"partner": profile.name, **refusal.words},
                file=paths.get(refusal.guid, str(config.path)),
                gravity=Gravity.WARNING,
            )


def _feed(
    posts: Iterable[Post], config: Config, now: datetime
) -> tuple[dict[str, str], Feed]:
    """Make the site's feed, with identities of its own: the store is not asked."""
    filed = [
        FiledPost(post=post, identity=f"tag:check,2000:{number}", first_seen=now)
        for number, post in enumerate(posts)
    ]
    paths = {each.identity: config.shown(each.post.path) for each in filed}
    chosen = select(filed, now=now, config=config).site.posts
    return paths, site_feed(list(cleaned(_entries(chosen, config))), config)


def _entries(posts: Sequence[FiledPost], config: Config) -> Iterator[Entry]:
    gallery = Gallery(config, dict)
    for filed in posts:
        try:
            raw = read_file(config.posts_dir, filed.post.path)
        except PostError:
            continue  # it went while we looked; it is not in the feed either
        body = read_post(raw, filed.post.path, config).body
        yield gallery.hang(make_entry(filed, body, config))
