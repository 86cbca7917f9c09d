"""What every test may ask for; each fixture is explained where it is written."""

from __future__ import annotations

from hypothesis import settings

from tests.chromium import another_page, axe, chromium, page, phone
from tests.databases import (
    database,
    database_url,
    empty_database_url,
    empty_postgres_url,
    postgres_server,
    postgres_template,
    postgres_url,
    shared_database,
    sqlite_template,
    sqlite_url,
)
from tests.missing import pytest_terminal_summary

__all__ = [
    "another_page",
    "axe",
    "chromium",
    "database",
    "database_url",
    "empty_database_url",
    "empty_postgres_url",
    "page",
    "phone",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "pytest_terminal_summary",
    "shared_database",
    "sqlite_template",
    "sqlite_url",
]

# A busy machine is slow, not wrong: time limits belong to benches.
settings.register_profile("sanshen", deadline=None, print_blob=True)
settings.load_profile("sanshen")
