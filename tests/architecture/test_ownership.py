"""Our four packages have general names; nobody else may bring the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import packages_distributions

from tests.architecture.reading import FLOORS


def strangers(owners: Mapping[str, list[str]]) -> dict[str, set[str]]:
    others = {floor: set(owners.get(floor, ())) - {"sanshen"} for floor in FLOORS}
    return {floor: names for floor, names in others.items() if names}


def test_our_packages_belong_to_us_alone() -> None:
    assert strangers(packages_distributions()) == {}


def test_a_stranger_is_noticed() -> None:
    owners = {"config": ["sanshen", "python-config"], "web": ["sanshen"]}

    assert strangers(owners) == {"config": {"python-config"}}
