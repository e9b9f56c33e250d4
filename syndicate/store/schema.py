"""The tables of a new SQLite file, as SQLite is told of them."""

from pathlib import Path

FILE = Path(__file__).with_name("schema.sql")
"""``tables.py`` in SQL, which ``make schema`` writes anew; a test holds that it is so."""


def statements() -> list[str]:
    """Give what makes the tables, the stamp of migrations included; in this order."""
    return FILE.read_text().split(";\n")[:-1]
