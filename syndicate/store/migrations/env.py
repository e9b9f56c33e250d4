"""Alembic's way in. ``syndicate.store.migrate`` runs it, inside its own transaction."""

from alembic import context

from syndicate.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
