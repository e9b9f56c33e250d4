"""Turns a folder of posts into feeds that readers fetch and alerts that channels receive."""

__version__ = "0.1.0"
