"""Appending to the audit log in one word, on PostgreSQL."""

from alembic import op

from syndicate.store.chaining import APPEND_TO_AUDIT

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the function. SQLite needs none: nobody is far from its file."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(APPEND_TO_AUDIT)
