"""Names of people, told from ordinary words by surname, place and neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

NOT_GIVEN = "某×XxＸ*＊的了在和与是为有于对向将把被从由及或等、，。村镇乡县市区局院校办所站户组人们上下中里前后家员长书记主任委等先生女士同志领导群众单位部门"
AFTER = r"(?=$|[\s，。；：、（）()！？“”》…]|说|表示|介绍|反映|告诉|称|到场|到|主持|出席|在|家|因|患|的|等|同志|先生|女士|老人|某|今年|确诊|向|为|和|与|投诉|举报|来电|来访|来信|提供|系|是|男|女|被|于|陪同|强调|指出|带队|带领|率|参加|一行|讲话|致辞|作|代表|现年|住|荣获|获|考|就读|读|发言|认为|要求|宣布|宣读|担任|任|前往|深入|走访|调研|检查|慰问|也|已|还|又|就|及|、)"
NOT_NAMES = frozenset(
    ["高中生", "高血压", "方便面", "张贴画", "周边的", "万元", "石桥村", "马上", "安全员", "常委会", "成员", "陈述", "明显", "白天", "黄金", "江西省", "江口镇", "梅溪村", "金额", "高度", "安排", "时间", "严格", "严重", "严禁", "方案", "方面", "方法", "方式", "方向", "党员", "万余", "万人", "段落", "关于", "关心", "关爱", "关注", "项目", "项目部", "施工", "施工方", "管理", "管理员", "平台", "平均", "平安", "毛利", "水利", "温馨", "温暖", "高效", "高质量", "高温", "高龄", "高考", "高标准", "高位", "高山", "高铁", "高速", "高新", "白血病", "余额", "余款", "余人", "余户", "余亩", "于是", "成立", "成为", "成功", "和谐", "向上", "向前", "张贴", "强调", "林业", "林地", "林场", "林长", "林区", "车辆", "车站", "路面", "路段", "路灯", "季度", "季节", "文明", "文化", "文件", "文艺", "文体", "文书", "简单", "简报", "简易", "古树", "古建", "房屋", "房子", "金融", "金秋", "金牌", "安装", "安置", "安全", "平时", "平整", "平稳", "包括", "包村", "包保", "包干", "包户", "何时", "何地", "何种", "江河", "江南", "江边", "河边", "莫让", "康复", "康养", "武装", "武术", "史料", "华侨", "丁香", "施策", "施肥", "施药", "孔洞", "车间", "连续", "宣传", "宣讲", "党委", "任务", "任职", "任何", "解决", "解读", "解除", "解答", "成果", "成效", "应急", "应当", "应对", "汪洋", "田间", "田头", "田园", "田块", "雷电", "雷雨", "雷击", "雷同", "蓝天", "蓝图", "水库", "水源", "水稻", "温室", "谷物", "谷雨", "易地", "易燃", "易发", "申请", "申报", "申领", "单位", "单独", "单据", "景区", "景点", "鲜花", "柳树", "桂花", "梅雨", "牛羊", "牛奶", "马路", "龙头", "龙舟", "钱款", "钱物", "尚未", "时任", "时代", "毕业", "白色", "明白", "明确", "明年", "常态", "常年", "常见", "常住", "米粉", "盛开", "盛会", "盛夏", "盛世", "巫山", "管护", "管控", "管网", "管线", "管道", "符合", "国家", "左右", "池塘", "幸福", "凌晨", "白内障", "舒适", "游客", "游泳", "饶有", "蒙古", "利用", "利民", "利益", "房前", "方能", "黄色", "黄土", "黄花", "黄牛", "朱红", "石材", "石头", "石油", "石灰", "石漠", "万众", "万亩", "万吨", "万名", "万户", "丁类", "章程", "古村", "古镇", "江上", "江畔", "向日葵", "梁上", "田里", "孟冬", "夏季", "夏天", "夏粮", "夏收", "秋季", "秋收", "冬季", "秦岭", "汤圆", "谢谢", "宁静", "宁愿", "柯达", "欧洲", "孔子", "牛肉", "甘蔗", "甘甜", "辛苦", "辛勤", "童年", "宋体", "唐代", "程序", "程度", "连接", "陶瓷", "陶器", "叶片", "金银", "金黄", "金色", "姜黄", "乐于", "沈阳", "戴好", "戴帽", "喻为", "季风", "焦点", "焦急", "包装", "鲁班", "严肃", "严厉", "严密", "严查", "严把", "严防", "严控", "严守", "韩国", "顾客", "顾虑", "顾问", "钟表", "钟点", "毛巾", "毛笔", "白酒", "白菜", "白蚁"]
)


@lru_cache(maxsize=4)
def name_pattern(surnames: tuple[str, ...]) -> re.Pattern[str]:
    """A full name: surname and one or two characters, then a boundary."""
    double = [s for s in surnames if len(s) > 1]
    single = "".join(s for s in surnames if len(s) == 1)
    given = rf"[^\W\d_A-Za-z{NOT_GIVEN}]"
    return re.compile(rf"((?:{'|'.join(double)}|[{single}]){given}{{1,2}}?){AFTER}")


@lru_cache(maxsize=4)
def _starts(surnames: tuple[str, ...]) -> re.Pattern[str]:
    heads = "".join({surname[0] for surname in surnames})
    return re.compile(rf"(?:(?<![^\s，。；：、（(“”|])(?=[{heads}]))")


def names_in(text: str, surnames: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Each likely name that begins where a word may begin."""
    pattern = name_pattern(surnames)
    for match in _starts(surnames).finditer(text):
        found = pattern.match(text, match.start())
        if found and not is_word(found.group(1)):
            yield found.start(1), found.end(1), found.group(1)


def name_at(text: str, place: int, surnames: tuple[str, ...]) -> str:
    """The name that begins at this place, or nothing."""
    found = name_pattern(surnames).match(text, place)
    return found.group(1) if found and not is_word(found.group(1)) else ""


def is_word(name: str) -> bool:
    """Whether it looks like a name and is an ordinary word."""
    return name in NOT_NAMES or name[:2] in NOT_NAMES
