"""
The composition root: builds everything, once, from one ``config.toml``.

    open_config  the configuration, checked against the kinds of its channels
    open_app     store, channels and newsroom, and the verbs that cli and web share
"""

from syndicate.app.checking import Checked, check
from syndicate.app.core import App, Built, open_app, open_config
from syndicate.app.drafting import Draft, Words

__all__ = [
    "App",
    "Built",
    "Checked",
    "Draft",
    "Words",
    "check",
    "open_app",
    "open_config",
]
