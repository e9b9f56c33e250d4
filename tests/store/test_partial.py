from typing import Any

import pytest
from sqlalchemy import create_mock_engine

from syndicate.store.tables import metadata


def made(engine: str) -> set[str]:
    """Give the conditions of the indexes that an engine is told to make."""
    said: list[str] = []

    def note(statement: Any, *_: Any, **__: Any) -> None:
        said.append(str(statement.compile(dialect=mock.dialect)))

    mock = create_mock_engine(engine, note)
    metadata.create_all(mock, checkfirst=False)
    return {line.partition(" WHERE ")[2] for line in said if "CREATE INDEX" in line}


@pytest.mark.parametrize("engine", ["sqlite://", "postgresql+psycopg://"])
def test_an_index_holds_the_same_rows_on_both_engines(engine: str) -> None:
    assert made(engine) >= {"thread IS NOT NULL", "target_id IS NOT NULL"}
