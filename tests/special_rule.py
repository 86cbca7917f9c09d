"""A small regulation with doubts and special reviews, for the posts of the towns."""

from __future__ import annotations

SPECIAL = """\
[process]
id = "special"
number = 1
title = "示例专项审核流程"
issuer = "示例镇"

[posts]
office_director = "党政办主任"
principal = "单位主要负责人"
publisher = "信息发布岗"

[channels]
website = "网站"

[attributes.doubts]
label = "存疑方面"
type = "set"
values = { law = "法律法规", secrecy = "保密" }

[doubts]
attribute = "doubts"
raised_at = ["review"]

[[stages]]
id = "review"
name = "复审"
basis = "有疑问的，提请专项审核。"
actor = { post = "office_director" }
acts = [{ kind = "review" }]

[[stages]]
id = "special"
name = "专项审核"
when = '"law" in doubts or "secrecy" in doubts'
parallel = true
objection_to = "review"
actor = { post = "principal" }
acts = [
  { id = "special.law", kind = "special_review", when = '"law" in doubts' },
  { id = "special.secrecy", kind = "special_review", when = '"secrecy" in doubts' },
]

[[stages]]
id = "sign"
name = "签发"
basis = "分管负责人签发。"
actor = { relation = "section_deputy" }
acts = [{ kind = "sign_off" }]

[publish]
actor = { post = "publisher" }
"""
