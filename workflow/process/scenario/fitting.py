"""Whether the people of a paper case fit the regulation that they try.

A post that is nowhere declared would silently make somebody nobody; it is told first,
since everything after it comes otherwise than expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflow.process.definition import Definition
from workflow.process.scenario.office import Person
from workflow.process.scenario.script import Mismatch, Scenario


def misfits(
    scenario: Scenario, definition: Definition, others: Mapping[str, Definition]
) -> Iterator[Mismatch]:
    """Every post, section or channel of a person that no regulation here declares."""
    known = [definition, *others.values()]
    posts = {code for one in known for code in one.posts}
    posts.update(f"{one.id}.{code}" for one in others.values() for code in one.posts)
    declared = {
        "岗位": posts,
        "栏目": _values(known, "section"),
        "渠道": _values(known, "channels"),
    }
    for person in scenario.office.people:
        for what, named in _named(person).items():
            known_here = declared[what]
            for code in named:
                if known_here and code not in known_here:
                    told = f"已声明的：{'、'.join(sorted(known_here))}"
                    whose = f"{person.name}的{what}"
                    yield Mismatch(scenario.name, 0, person.line, whose, told, code)


def _values(known: list[Definition], name: str) -> set[str]:
    """The declared codes; empty when one of the regulations leaves them open."""
    found = [set(one.attributes[name].values) for one in known]
    return set().union(*found) if all(found) else set()


def _named(person: Person) -> Mapping[str, tuple[str, ...]]:
    return {
        "岗位": person.posts,
        "栏目": (*person.heads, *person.oversees),
        "渠道": person.keeps,
    }
