"""
What an instance says it takes, in the shapes of Mastodon and of what is like it.

    v2/instance   configuration.statuses, configuration.media_attachments
    v1/instance   the same (Mastodon 3.4.2, GoToSocial); or max_toot_chars, upload_limit
                  and description_limit beside the rest (Pleroma, Akkoma, glitch-soc)

Source: docs.joinmastodon.org/entities/Instance, …/V1_Instance; api.pleroma.social
(/api/v1/instance); docs.gotosocial.org/en/latest/api/swagger
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from syndicate.channels.terms.allowance import LEAST_TEXT, Allowance

MOST = 10_000_000  # units of text: what says more means no limit, or nothing
LEAST_PICTURE = 10_000  # bytes


def allowance_of(said: Mapping[str, Any]) -> Allowance:
    """Read what an instance says of itself. What makes no sense was not said."""
    there = _under(said, "configuration")
    statuses, media = _under(there, "statuses"), _under(there, "media_attachments")
    text = _number(statuses, "max_characters", least=LEAST_TEXT)
    size = _number(media, "image_size_limit", least=LEAST_PICTURE)
    alt = _number(media, "description_limit", least=1)
    types = media.get("supported_mime_types")
    return Allowance(
        text=text or _number(said, "max_toot_chars", least=LEAST_TEXT),
        link=_number(statuses, "characters_reserved_per_url", least=0),
        alt=alt or _number(said, "description_limit", least=1),
        size=size or _number(said, "upload_limit", least=LEAST_PICTURE),
        pixels=_number(media, "image_matrix_limit", least=1),
        types=[each for each in types if isinstance(each, str)]
        if isinstance(types, list)
        else (),
    )


def _under(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _number(said: Mapping[str, Any], name: str, *, least: int) -> int | None:
    found = said.get(name)
    if isinstance(found, bool) or not isinstance(found, int) or found < least:
        return None
    return min(found, MOST) if name.endswith(("characters", "chars")) else found
