"""Words that are spoken of, not used: an example of wrong writing in quotation marks."""

from __future__ import annotations

import re

from workflow.proofreading.findings import Hit
from workflow.proofreading.text import Document, spans_in

SPOKEN_OF = re.compile(
    "不作|不写|不应写|不能写|不用|不是|误作|误写|误为|误用|误成|错写|错成|写成|写作|应为|应作|应写|应改|改为|改成"
    "|混为|混淆|混用|区别|区分|辨析|易错|错别字|错字|别字|病句|改错|篡改|笔误|讹作|之分|[“”]与[“”]?$|^呢"
)
LESSON = re.compile("毛病|病句|改错|错别字|下列(?:句子|各句|词语)|找出.{0,6}(?:错|句)")
CORRECTED = re.compile(
    "^[，。]?(?:应改|应为|应写|改为|改成|不妥|有误|错在|表述不当|表示)|重复"
)
NEAR = 12
SHORT = 10
INDEFINITE = "F14"
OF_WRITING = frozenset("TNP")


def is_mentioned(rule: str, hit: Hit, document: Document) -> bool:
    """Whether the place only quotes a wrong form in order to speak of it.

    A short quotation is an example when the words around say so; a whole sentence in
    quotation marks only in a text that plainly teaches. A name left open (某某公司)
    is no leftover of a template within somebody's quoted words.
    """
    if hit.as_given or (rule[0] not in OF_WRITING and rule != INDEFINITE):
        return False
    line = document.line_at(hit.start)
    start, end = hit.start - line.start, hit.end - line.start
    quoted = _quotation(line.text, start, end)
    if quoted is None:
        return False
    if rule == INDEFINITE:
        return True
    before = line.text[max(0, quoted[0] - NEAR) : quoted[0] + 1]
    after = line.text[quoted[1] : quoted[1] + NEAR]
    if quoted[1] - quoted[0] <= SHORT + 2 and (
        SPOKEN_OF.search(before) or SPOKEN_OF.search(after)
    ):
        return True
    return bool(LESSON.search(line.text) or CORRECTED.search(after))


def _quotation(text: str, start: int, end: int) -> tuple[int, int] | None:
    for opened, closed in spans_in(text, "“‘", "”’"):
        if opened < start and end < closed:
            return opened, closed
    return None
