"""What the documents say of the code, written by ``make diagram`` and compared."""

from __future__ import annotations

from pathlib import Path

from workflow.process.drawing import as_mermaid
from workflow.process.reading import read_definition

ROOT = Path(__file__).parents[1]
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- ladder -->\n", "<!-- /ladder -->"


def ladder() -> str:
    """The ladder of 江口镇 as Mermaid, fenced."""
    source = (ROOT / "config/processes/jiangkou.toml").read_text(encoding="utf-8")
    return f"```mermaid\n{as_mermaid(read_definition(source)).strip()}\n```\n"


def parts() -> tuple[str, str, str]:
    """ARCHITECTURE.md before, in and after the drawing."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    drawn, after = rest.split(END)
    return before, drawn, after


def write() -> None:
    """Put today's ladder into ARCHITECTURE.md."""
    before, _, after = parts()
    whole = before + BEGIN + ladder() + END + after
    ARCHITECTURE.write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    write()
