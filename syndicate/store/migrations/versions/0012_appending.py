"""Appending to the audit log in one word, on PostgreSQL."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APPEND_TO_AUDIT = """
CREATE OR REPLACE FUNCTION append_to_audit(notes text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
    head text;
    previous_head text;
    note text;
    said jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(current_schema() || ' audit', 0));
    -- A statement of its own: it has to see what was written while the first one waited.
    SELECT number, hash INTO place, head FROM audit ORDER BY number DESC LIMIT 1;
    IF NOT FOUND THEN
        place := 0;
        head := repeat('0', 64);
    END IF;
    FOREACH note IN ARRAY notes LOOP
        place := place + 1;
        previous_head := head;
        head := encode(sha256(convert_to(
            '[' || place || ',' || note || ',"' || previous_head || '"]', 'UTF8'
        )), 'hex');
        said := ('[' || note || ']')::jsonb;
        INSERT INTO audit
            (number, at, who, what, subject, before, after, note, previous, hash)
        VALUES (
            place, (said->>0)::timestamptz, said->>1, said->>2, said->>3,
            said->>4, said->>5, said->>6, previous_head, head
        );
    END LOOP;
END
$$
"""


def upgrade() -> None:
    """Make the function. SQLite needs none: nobody is far from its file."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(APPEND_TO_AUDIT)
