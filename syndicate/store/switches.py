"""
Holds a person put on sending. They survive a restart.

``pause`` stops every channel, ``pause:NAME`` one of them.
"""

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, select

from syndicate.store import audit
from syndicate.store.changes import tell
from syndicate.store.notes import of_switch
from syndicate.store.rows import Switch
from syndicate.store.tables import switches
from syndicate.store.upsert import insert_into

PAUSE = "pause"

STOPPING = select(switches.c.name).where(
    switches.c.is_on, switches.c.name.in_([PAUSE, bindparam("pause")])
)
"""Switches that keep a channel from sending now; ``pause`` is its ``pause_of``."""


def pause_of(channel: str) -> str:
    """Give the name of the switch that stops one channel."""
    return f"{PAUSE}:{channel}"


def flip(connection: Connection, switch: Switch) -> None:
    """Put a switch where ``switch`` says, and note it in the audit log."""
    values = asdict(switch)
    statement = insert_into(connection, switches).values(values)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_=values)
    )
    tell(connection)
    audit.append(connection, of_switch(switch))


def find_pauses(connection: Connection) -> list[Switch]:
    """Give the pauses that hold, that of all channels first."""
    return [
        each
        for each in load_switches(connection)
        if each.is_on and each.name.partition(":")[0] == PAUSE
    ]


def load_switches(connection: Connection) -> list[Switch]:
    """Give every switch ever touched, by name."""
    rows = connection.execute(select(switches).order_by(switches.c.name))
    return [Switch(**row) for row in rows.mappings()]
