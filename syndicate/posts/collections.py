"""
Which collection a file belongs to, and how addresses are made there.

Source: jekyllrb.com/docs/collections, Jekyll's ``Collection#url_template``
"""

from syndicate.config import Collection, Config

ENDINGS = {
    "pretty": "/",
    "date": ":output_ext",
    "ordinal": ":output_ext",
    "none": ":output_ext",
}
"""Of the addresses in a collection, by the site's own style."""


def name_of(path: str, config: Config) -> str:
    """Give the name of a file's collection: ``posts``, if it is in no other."""
    found = _of(path, config)
    return found.name if found else "posts"


def template_of(path: str, config: Config) -> str:
    """Give the permalink of a file's folder."""
    found = _of(path, config)
    style = config.posts.permalink
    if found is None:
        return style
    if found.permalink:
        return found.permalink
    ends = [end for end in ("/", ":output_ext") if style.endswith(end)]
    return "/:collection/:path" + ENDINGS.get(style, "".join(ends))


def within(path: str, config: Config) -> str:
    """Give a file's path within its collection, or below its ``_posts``."""
    found = _of(path, config)
    if found is None:
        above, inside, rest = path.rpartition("_posts/")
        return above + rest if inside else path
    return config.shown(path).removeprefix(f"{found.folder.as_posix()}/")


def _of(path: str, config: Config) -> Collection | None:
    if not config.posts.collections:
        return None
    file = config.shown(path)
    inside = (
        each
        for each in config.posts.collections
        if file.startswith(f"{each.folder.as_posix()}/")
    )
    return max(inside, key=lambda each: len(each.folder.parts), default=None)
