"""The service that runs for ever."""

from syndicate.daemon.clock import Chore
from syndicate.daemon.reporter import Pass, Reporter
from syndicate.daemon.service import Daemon

__all__ = ["Chore", "Daemon", "Pass", "Reporter"]
