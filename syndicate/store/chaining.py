"""
Adding to the audit log in one word, on PostgreSQL.

A function of the database takes the turn, reads the last row and adds to it, so that a
transaction asks once and holds up all others no longer than its commit takes. Each row is
made of the very text that is hashed; ``audit.verify`` works the hashes out again.
"""

from sqlalchemy import DDL, MetaData, event

from syndicate.store.locks import AUDIT

APPEND_TO_AUDIT = f"""
CREATE OR REPLACE FUNCTION append_to_audit(notes text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
    head text;
    previous_head text;
    note text;
    said jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock({AUDIT});
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
"""  # noqa: S608, a name of our own


def teach(metadata: MetaData) -> None:
    """Have PostgreSQL get the function with the tables."""
    lesson = DDL(APPEND_TO_AUDIT)  # type: ignore[no-untyped-call]
    event.listen(metadata, "after_create", lesson.execute_if(dialect="postgresql"))
