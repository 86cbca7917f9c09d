"""The office's words for findings, and for the town's own tables."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.findings import Answer, FindingKind, Grade
from models.town_tables import EntryKind

FINDINGS: Mapping[StrEnum, str] = {
    FindingKind.TYPO: "错别字",
    FindingKind.OMISSION: "漏字",
    FindingKind.NAME: "人名、地名、职务",
    FindingKind.WORDING: "表述不规范",
    FindingKind.PUNCTUATION: "标点符号",
    FindingKind.FACT: "事实、数据",
    FindingKind.LAYOUT: "版式",
    FindingKind.SENSITIVE: "敏感内容",
    FindingKind.SECRECY: "保密",
    FindingKind.PRIVACY: "个人隐私",
    FindingKind.OTHER: "其他",
    Answer.FIXED: "已改正",
    Answer.KEPT: "保留并说明",
    Answer.OVERRULED: "上级裁定保留",
    Answer.LAPSED: "名录调整后不再提示",
    Grade.BLOCK: "必须处理",
    Grade.WARN: "须答复",
    Grade.HINT: "提示",
    EntryKind.LEADER: "领导姓名、职务和排序",
    EntryKind.VILLAGE: "村（社区）",
    EntryKind.UNIT: "镇直单位",
    EntryKind.AREA_CODE: "电话区号",
    EntryKind.WORD: "本单位词表",
    EntryKind.ALLOWED: "放行词",
}
