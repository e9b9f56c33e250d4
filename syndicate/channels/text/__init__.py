"""
Text, as the kinds that mark it up share it.

    links   addresses in a text, and what stands between
    clip    a text cut to a length, never inside what a reader takes for one letter
"""

from syndicate.channels.text.clip import clip
from syndicate.channels.text.links import Piece, between_links, pieces

__all__ = ["Piece", "between_links", "clip", "pieces"]
