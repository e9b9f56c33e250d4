"""
Tags whose words are no expressions: links to posts, and short codes of plugins and Hugo.

``include`` is a short code like any other: what it includes lies outside the posts
folder and is never read.
"""

from typing import Any, TextIO

from liquid import Node, Token, TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_ILLEGAL

from syndicate.posts import octopress, short_codes
from syndicate.posts.liquid import hugo_codes
from syndicate.posts.liquid.hugo_codes import HUGO, REFERENCE
from syndicate.posts.liquid.outcome import Html


class Plain(Node):
    """A tag whose words are no expressions."""

    __slots__ = ("words",)

    def __init__(self, token: Token, words: str) -> None:
        super().__init__(token)
        self.words = words
        self.blank = False


class ShortCodeNode(Plain):
    """A tag of a plugin."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write the picture or link it stands for, if that can be told."""
        name, site = self.token.value, context.site
        said = (name, self.words, site.site_url)
        html = octopress.html_of(*said) or short_codes.html_of(*said)
        if not html:
            context.miss("HT001", name)
            return 0
        return buffer.write(context.show(Html(html)))


class LinkNode(Plain):
    """``{% link … %}`` and ``{% post_url … %}``."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write the address of the post."""
        name = (short_codes.literals(self.words) or [self.words])[0]
        address = context.site.link_of(name)
        if address is not None:
            return buffer.write(address)
        if link := octopress.link(self.words):
            return buffer.write(context.show(Html(link)))
        context.miss("HT001", f"{self.token.value} {self.words}")
        return 0


class PostLinkNode(Plain):
    """``{% post_link name what it is called %}`` of Hexo."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write a link to the post, or what it is called where nobody knows the post."""
        name, text = octopress.post_link(self.words)
        address = context.site.link_of(name)
        if address is not None:
            return buffer.write(context.show(Html(short_codes.link(address, text))))
        context.miss("HT001", f"post_link {name}")
        return buffer.write(text)


class HugoNode(Plain):
    """A short code of Hugo's."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write what it stands for, if that can be told."""
        name, _, rest = self.words.partition(" ")
        html = hugo_codes.html_of(name, rest, context.site.site_url)
        if not html:
            context.miss("HT003", f"< {name} >")
            return 0
        return buffer.write(context.show(Html(html)))


class ReferenceNode(Plain):
    """``{{< ref … >}}`` and ``{{< relref … >}}``."""

    __slots__ = ()

    def render_to_output(self, context: Any, buffer: TextIO) -> int:
        """Write the address of the page."""
        name, _, rest = self.words.partition(" ")
        plain, named = hugo_codes.words_of(rest)
        page, mark, place = (named.get("path") or "".join(plain[:1])).partition("#")
        address = context.site.link_of(page.lstrip("/")) if page else ""
        if address is None:
            context.miss("HT003", f"< {name} {rest} >")
        return buffer.write((address or "") + mark + place)


class ShortCode(Tag):
    """Reads every tag nobody knows."""

    name = TOKEN_ILLEGAL
    block = False
    node_class: type[Plain] = ShortCodeNode

    def parse(self, stream: TokenStream) -> Node:
        """Take its words as they are."""
        token, words = stream.current, ""
        if stream.peek.kind == TOKEN_EXPRESSION:
            words = stream.peek.value
            next(stream)
        return self.node_class(token, words)


class Link(ShortCode):
    """Reads ``{% link … %}``."""

    name = "link"
    node_class = LinkNode


class HugoTag(ShortCode):
    """Reads a short code of Hugo's."""

    name = HUGO
    node_class = HugoNode


class ReferenceTag(ShortCode):
    """Reads a reference of Hugo's."""

    name = REFERENCE
    node_class = ReferenceNode


class PostUrl(Link):
    """Reads ``{% post_url … %}``."""

    name = "post_url"


class PostPath(Link):
    """Reads ``{% post_path … %}``, which is Hexo's."""

    name = "post_path"


class PostLink(ShortCode):
    """Reads ``{% post_link … %}``."""

    name = "post_link"
    node_class = PostLinkNode
