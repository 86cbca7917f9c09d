"""Chinese first, English by locale: what the commands say of themselves."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

import click


def say(chinese: str, english: str) -> str:
    """The sentence in the language of the terminal; Chinese unless it is English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[n] for n in names if os.environ.get(n)), "")
    return english if locale.lower().startswith("en") else chinese


def print_json(document: Mapping[str, object]) -> None:
    """One JSON document on stdout and nothing else there."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
