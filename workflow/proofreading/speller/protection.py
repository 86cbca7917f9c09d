"""What the speller leaves alone: names, titles of laws, document numbers, the town's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workflow.proofreading.names import names_in
from workflow.proofreading.speller.tokens import Tokens

NUMBERED = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[（(]\d{4}[〕\]）)]\s*第?\d+号")
STATUTE = re.compile(r"《中华人民共和国[^《》]{2,30}》")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏窦章苏潘葛范彭鲁韦马方袁柳鲍史唐费薛雷贺倪汤滕殷罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝席季贾江童颜郭梅盛林钟徐邱骆高夏蔡田胡凌霍万柯管卢莫房缪解应宗丁宣邓单杭洪包左石崔龚程嵇邢裴陆荣翁段侯谷宁仇甘武符刘景詹龙叶黎薄印白蒲赖卓蔺屠蒙池乔闻莘翟谭贡劳逄姬申扶冉雍桑桂牛寿边尚农温庄柴瞿阎慕连习鱼容向古易廖终居衡步都耿满弘匡文寇广欧沃利越师巩聂晁勾敖融冷辛阚那简饶曾沙丰巢关蒯相查荆红游竺权盖益桓公付肖涂曹刁戚"
POSTS = "书记|主任|镇长|乡长|主席|委员|队长|组长|所长|站长|校长|院长|医生|老师|同志|先生|女士|老人|大爷|奶奶|大娘|阿姨|经理|会计|说|介绍|告诉|家中|家里|一家|家的"
LEADING = "村民|书记|主任|镇长|乡长|委员|队长|党员|干部|户主|农户|脱贫户|低保户|监测户|网格员|护林员|负责人|同志|居民|工人|医生|老师|组长|会计|医师|教师|学生|职工|职员|代表"
NAMED = re.compile(
    rf"(?:(?<=[^\u4e00-\u9fff])|(?:{LEADING}))(?P<a>[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?={POSTS}|[，、。；：（）“”])"
    rf"|(?:{LEADING})(?P<b>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[，、。；：（）“”的家在和]|$)"
)
ADDRESSED = re.compile(
    rf"(?:(?<=[^\u4e00-\u9fff])|(?:{LEADING}|[户的和向给对与把让被]))(?P<c>[{SURNAMES}])"
    r"(?=大爷|大娘|大妈|大伯|大叔|大姐|奶奶|爷爷|阿姨|叔叔|师傅|老师|医生|书记|主任|镇长|乡长|某)"
)
USUAL = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖石韦贾夏付邹熊孟秦邱侯尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵覃钱戴莫孔赖"
TITLED = re.compile(
    rf"(?:{LEADING}|[镇乡县市区局所站校园院队组会社厂]长|大户|能人|经理|老人|司机|学生|记者|法官|民警|律师|战士|带头人|烈士|养殖户|种植户|群众)"
    rf"(?P<d>[{USUAL}](?:[\u4e00-\u9fff](?=[说在与和的家等一正是把将对给向]|[^\u4e00-\u9fff]|$)|[\u4e00-\u9fff]{{2}}))"
)
"""A post and whoever holds it; two characters are taken for the given name when unsure."""
UNDER = re.compile(r"[省市区县镇乡]直(?=各|单位|部门|机关|有关|相关)")

VILLAGE = re.compile(
    r"(?:(?<=[^\u4e00-\u9fff])|(?<=[在到进镇乡区由与和是对为])|^)"
    r"(?!行政|自然|贫困|示范|中心|重点|美丽|文明|城中|部分|全体|所有|相关|有关|试点|先进|薄弱|每个|两个|多个)"
    r"([\u4e00-\u9fff]{2})(?=(?:村|社区)(?![级务庄里容貌居口道规史集]))"
)


TOWN = re.compile(
    r"(?:(?<=[^\u4e00-\u9fff])|(?<=[在到由与和是对为])|^)"
    r"(?!农村|建制|特色|中心|重点|城关|各个|所在|全体|有关|相关|部分|示范|试点|先进|周边|附近|沿线|多个|两个)"
    r"([\u4e00-\u9fff]{2})(?=(?:镇|乡|街道)(?![村镇亲土愁音风贤情间里下域级直财长乡邻居试压定痛静守]))"
)

ROAD = re.compile(
    r"([\u4e00-\u9fff]{2,3})至([\u4e00-\u9fff]{2,3})(?=公路|高速|铁路|段公?路|县道|乡道|村道|旅游路|产业路)"
)
"""推进禾坪至上寨公路: where a road begins and ends."""


def shut_tokens(tokens: Tokens, text: str, kept: Sequence[str]) -> list[bool]:
    """Which tokens of a sentence must not be touched."""
    spans = [match.span() for match in NUMBERED.finditer(text)]
    spans += [match.span() for match in STATUTE.finditer(text)]
    spans += [match.span() for match in UNDER.finditer(text)]
    spans += [m.span(1) for place in (VILLAGE, TOWN) for m in place.finditer(text)]
    spans += [m.span(end) for m in ROAD.finditer(text) for end in (1, 2)]
    spans += [match.span("c") for match in ADDRESSED.finditer(text)]
    spans += [match.span("d") for match in TITLED.finditer(text)]
    spans += [(start, end) for start, end, _ in names_in(text, tuple(USUAL))]
    for match in NAMED.finditer(text):
        group = "a" if match.group("a") else "b"
        spans.append(match.span(group))
    for word in kept:
        spans += [m.span() for m in re.finditer(re.escape(word), text)]
    return [
        any(start < to and begin < end for begin, to in spans)
        for start, end in zip(tokens.starts, tokens.ends, strict=True)
    ]
