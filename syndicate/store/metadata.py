"""What all tables are part of, and how their keys and indices are named."""

from sqlalchemy import MetaData

from syndicate.store.chaining import teach
from syndicate.store.partial import tell_postgresql

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
tell_postgresql(metadata)
teach(metadata)
