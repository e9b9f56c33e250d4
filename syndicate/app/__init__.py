"""
The composition root: builds everything, once, from one ``config.toml``.

    open_config  the configuration, checked against the kinds of its channels
    build        one pass; nothing more is opened where nothing has changed
    open_app     store, channels and newsroom, and the verbs that cli and web share
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
