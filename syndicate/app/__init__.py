"""
The composition root: builds everything, once, from one ``config.toml``.

    open_config  the configuration, checked against the kinds of its channels
    build        one pass; nothing more is opened where nothing has changed
    open_app     store, channels and newsroom, and the verbs that cli and web share

The application:

    opening, core        the configuration; the application, and its parts
    desk                 what an operator may do
    database, keeping    its database, which keeps the sessions of channels, too

From files to what is known of them:

    newsroom             one look at the posts folder, and what follows
    folder, shelf        the folder; what was known of its files before
    reading, filing      one file read; given its identity and its row
    planning, report     what a look will change; what it found
    homes, signs         two posts at one address; one post at two paths
    correcting, withdrawing
                         posts whose text changed, that went or were taken back
    effects              what follows from each broken post
    ahead                done before a file lies still
    rehearsal            the motions of a breaking post, gone through once

From what is known to feeds:

    newsstand            which posts stand in the feeds now
    entries              rendered when one needs them, and remembered
    gallery, survey      pictures, with what they measure
    archiving, crew      closed documents, and processes that help to write many
    announcing           hubs, once the files are out

A build by itself:

    building, checking   ``build`` and ``check``; partner_check: as partners see it
    sealing              proof that nothing changed; sealed_problems, ground: its parts
    collector            when Python's collector of garbage rests

From what is known to the outbox:

    alarm, guarding      what rules ask for, and what of it is held; echoes of it
    telling              an entry, or words, for each channel
    drafting, drill      an operator's alert; the whole way, and nothing leaves
    amending, wording    corrections and retractions, and their bodies

Channels and readers, over time:

    allowing, answers, roll_call, probing
                         what servers take; what platforms say of our credentials
    spending, polling    what messages cost; who reads
    retention, moving    what is forgotten; the ledger in another database

A first ``config.toml``: starting, toml_text, and site_files with jekyll_site,
jekyll_collections, jekyll_podcast, hugo_site and eleventy_site.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syndicate.app.building import build
    from syndicate.app.checking import Checked, check
    from syndicate.app.core import App, open_app
    from syndicate.app.drafting import Draft, Words
    from syndicate.app.opening import open_config
    from syndicate.app.report import Built

__all__ = [
    "App",
    "Built",
    "Checked",
    "Draft",
    "Words",
    "build",
    "check",
    "open_app",
    "open_config",
]

MODULES = {
    "App": "core",
    "Built": "report",
    "Checked": "checking",
    "Draft": "drafting",
    "Words": "drafting",
    "build": "building",
    "check": "checking",
    "open_app": "core",
    "open_config": "opening",
}


def __getattr__(name: str) -> Any:
    """
    Import a name when it is asked for (PEP 562).

    All of it takes half a second, and a build that finds nothing changed needs a tenth.
    """
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{MODULES[name]}"), name)
