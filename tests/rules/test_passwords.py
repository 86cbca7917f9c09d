"""Which passwords are refused, and why (security.md, S-03)."""

from __future__ import annotations

import pytest

from workflow.errors import InvalidInput
from workflow.people import passwords

TOWN = ("江口", "赣县", "jiangkou", "ganxian")

GOOD = [
    "Qing-Shan_7788!",
    "Bai-Yun_4466?",
    "correct Horse 7 battery",
    "Lv4$wTz9!pRq",
    "山高水长Ab-907z!",
    "清风明月 Abc-907",
    "Zk8-mN3_vB6.xC",
    "T7!" + "xkcd" * 15 + "Q",
    "hupo-LIU_83",
    "Nv9:Wq2;Lk7",
    "Wo3!de7@Hua",
    "mUdan.Hua.39",
    "8-Yazi-8-Guo-He",
    "Xq" * 4 + "7!x",
    "Ma-Tou-Cheng-17",
    "qZ3wX5eR7t",
    "深圳Road-No.9x",
    "５Fa-zhan-Lu",  # noqa: RUF001 -- full width on purpose
    "Tian_Di_Ren-3",
    "Yu.Zhou.Hao.64",
]

BAD = [
    "",
    "a",
    "Aa1!",
    "Aa1!Aa1!x",
    "alllowercaseletters",
    "ALLUPPERCASELETTERS",
    "12345678901234",
    "lowerUPPERonly",
    "lower1234only5",
    "Password123!",
    "P@ssw0rd123",
    "Passw0rd!!!",
    "Admin@123456",
    "Admin1234567",
    "Administrator1!",
    "Root@1234567",
    "Qwerty@12345",
    "Qwertyuiop1!",
    "1qaz@WSX3edc",
    "Asdfgh!23456",
    "Zxcvbnm,.1A",
    "Abc123456!",
    "Abcdefg-12",
    "Aaaa-1111-b",
    "Xx0000000000!",
    "Iloveyou-88",
    "Welcome@88",
    "Letmein-88!",
    "Woaini-520!",
    "Zhongguo-88!",
    "Gongkai-88!x",
    "Zhengwu-88!",
    "Bangongshi-8!",
    "Ceshi-8899!",
    "Changeme-88!",
    "Jiangkou-88!",
    "xx-JIANGKOU-7",
    "GanXian_9988",
    "江口镇Aa-9988!",
    "赣县区Aa-9988!",
    "Sanshen-8899!",
    "三审三校Aa-88!",
    "Hao-Ren-2024!",
    "Hao-Ren-1998x",
    "Wm-wangmin-77",
    "Ngm-77-Angm!Q",
    "Xx-ANGMIN-9!",
    "wan-Gmi-88-X",
    "Ｐａｓｓｗｏｒｄ１２３！",  # noqa: RUF001 -- full width on purpose
    "ｊｉａｎｇｋｏｕ-A88",  # noqa: RUF001 -- full width on purpose
    "Shenzhen-88",
    "Superman-8!",
    "Huawei@8899",
    "Monkey@8899",
    "Dragon-8899!",
    "Secret@8899",
    "System@8899!",
    "Zhangsan-88!",
    "Beijing@88!",
    "54321-Aa-Xz",
    "Poiuyt-8899",
    "Hhhhh-889-Z",
    "A1!" + "x" * 126,
]


@pytest.mark.parametrize("password", GOOD)
def test_a_good_password_is_taken(password: str) -> None:
    passwords.check(password, "wangmin", TOWN)


@pytest.mark.parametrize("password", BAD)
def test_a_bad_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        passwords.check(password, "wangmin", TOWN)
    assert refused.value.fields["new_password"]


def test_there_are_enough_examples() -> None:
    assert len(GOOD) >= 20
    assert len(set(BAD)) >= 60


def test_the_whole_password_counts() -> None:
    """No truncation (ASVS 6.2.8)."""
    long = "T7!" + "xkcd" * 15
    kept = passwords.hashed(long + "Q")
    assert passwords.matches(kept, long + "Q")
    assert not passwords.matches(kept, long + "R")


def test_full_width_and_plain_letters_are_one_password() -> None:
    """An input method left in full width does not lock anyone out."""
    wide = "Ａｂ-7788-xyz"  # noqa: RUF001 -- full width on purpose
    assert passwords.matches(passwords.hashed(wide), "Ab-7788-xyz")


@pytest.mark.parametrize("kept", ["", "no hash at all", "$argon2id$broken"])
def test_what_is_no_hash_matches_nothing(kept: str) -> None:
    assert not passwords.matches(kept, kept)


def test_kept_as_argon2id() -> None:
    assert passwords.hashed("Qing-Shan_7788!").startswith("$argon2id$")


def test_codes_are_long_and_never_twice() -> None:
    """S-13: at least 112 random bits."""
    codes = {passwords.one_time_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code.replace("-", "")) * 4 >= 112 for code in codes)
