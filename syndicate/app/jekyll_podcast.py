"""
What ``_config.yml`` says of a podcast, as Jekyll's themes for podcasts have it.

Each theme has them in its own order, and all by the same names: ``podcast_email``.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from syndicate.config import PodcastConfig

KEYS = {"email": "email", "image": "album_art", "category": "category"}
"""Our keys, theirs after ``podcast_``."""


def podcast(said: Mapping[str, Any]) -> dict[str, Any]:
    """Give the keys of ``[feeds.podcast]``; what directories would refuse is left out."""
    found: dict[str, Any] = {
        ours: said[f"podcast_{theirs}"]
        for ours, theirs in KEYS.items()
        if said.get(f"podcast_{theirs}")
    }
    if str(said.get("podcast_explicit", "")).lower() in {"yes", "true"}:
        found["explicit"] = True
    return {key: value for key, value in found.items() if _can_be(key, value)}


def _can_be(key: str, value: object) -> bool:
    try:
        PodcastConfig.model_validate({key: value})
    except ValidationError:
        return False
    return True
