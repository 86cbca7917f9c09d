"""A whole report, tables and words, in each shape it leaves the house in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.reports.excel import as_excel
from workflow.reports.printing import as_html
from workflow.reports.prose import BASIS, Passage, as_printed
from workflow.reports.report import Report
from workflow.reports.word import as_word
from workflow.reports.writing import write_report


@dataclass(frozen=True, slots=True)
class WholeReport:
    """The figures and the passages printed with them."""

    report: Report
    passages: tuple[Passage, ...]

    @property
    def prose(self) -> dict[str, tuple[str, ...]]:
        """Statutory heading to its paragraphs."""
        return as_printed(self.passages)


def json_file(whole: WholeReport) -> bytes:
    """In the schema that ``report check`` reads."""
    return write_report(whole.report).encode()


def html_file(whole: WholeReport) -> bytes:
    """As one ``<article>``."""
    return as_html(whole.report, whole.prose).encode()


def word_file(whole: WholeReport) -> bytes:
    """As ``.docx``."""
    return as_word(whole.report, whole.prose, (BASIS,))


def excel_file(whole: WholeReport) -> bytes:
    """As ``.xlsx``."""
    return as_excel(whole.report, whole.prose)


SHAPES: Mapping[str, Callable[[WholeReport], bytes]] = MappingProxyType(
    {"json": json_file, "html": html_file, "docx": word_file, "xlsx": excel_file}
)
