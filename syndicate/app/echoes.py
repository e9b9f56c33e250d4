"""
Alerts that wait for a person and say once more what another alert has said.

Where that one is corrected or taken back, they go with it: whoever approves them later
would tell people the wrong words again.
"""

from sqlalchemy import Connection

from syndicate.alerts.guard import is_same_title
from syndicate.model import Alert
from syndicate.store import alerts


def find_echoes(connection: Connection, number: int, alert: Alert) -> list[int]:
    """
    Give the held alerts about an alert's post, or with its address or its title.

    Args:
        connection: Any transaction.
        number: The alert's own, which is none of them.
        alert: As it was first decided.

    Returns:
        Their numbers, oldest first. What corrects or retracts is never among them.
    """
    return [
        row.id
        for row in alerts.find_waiting(connection)
        if row.id != number
        and (
            (alert.identity is not None and row.identity == alert.identity)
            or (alert.link is not None and row.link == alert.link)
            or is_same_title(row.title, alert.title)
        )
    ]
