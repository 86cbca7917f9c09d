"""Tables that only grow: the database itself refuses UPDATE and DELETE.

ORM listeners would be passed by bulk SQL; triggers are not.
"""

from __future__ import annotations

APPEND_ONLY = ("audit_entries", "signatures", "revisions", "attachments", "blobs")


def triggers(dialect: str) -> list[str]:
    """The statements that arm the tables, for ``sqlite`` or ``postgresql``."""
    if dialect == "sqlite":
        return [_sqlite(table, verb) for table in APPEND_ONLY for verb in _VERBS]
    return [_POSTGRES_FUNCTION] + [_postgres(table) for table in APPEND_ONLY]


def arm(dialect: str, table: str) -> list[str]:
    """The statements that arm one table that came later."""
    if dialect == "sqlite":
        return [_sqlite(table, verb) for verb in _VERBS]
    return [_postgres(table)]


def disarm(dialect: str) -> list[str]:
    """The statements that undo ``triggers``, for taking a migration back."""
    if dialect == "sqlite":
        names = [f"{t}_refuses_{v.lower()}" for t in APPEND_ONLY for v in _VERBS]
        return [f"DROP TRIGGER {name}" for name in names]
    drops = [f"DROP TRIGGER {table}_refuses_change ON {table}" for table in APPEND_ONLY]
    # what a later migration armed hangs on the function, too
    return [*drops, "DROP FUNCTION refuse_change() CASCADE"]


_VERBS = ("UPDATE", "DELETE")


def _sqlite(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


_POSTGRES_FUNCTION = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; "
    "END $$"
)


def _postgres(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_refuses_change "
        f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
