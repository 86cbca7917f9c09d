"""Who comes in where: the one table of every route, and addresses for all of them."""

from __future__ import annotations

from werkzeug.routing import Rule

from tests.screens.house import House

# all = anyone; in = anyone signed in; else the letters of the roles that come in:
# d drafter, r reviewer, p publisher, l leader, i inspector, g registrar,
# s system administrator, c security administrator, a audit administrator.
# A reader (读者) has only what is open to anyone signed in.
DOORS = """
GET  front.home           in
POST front.set_view       all
GET  front.healthz        all
GET  front.readyz         all
GET  access.login         all
POST access.enter         all
GET  access.password      in
POST access.set_password  in
GET  access.sessions      in
POST access.end           in
POST access.logout        in
GET  people.all           sc
GET  people.new           s
POST people.add           s
GET  people.one           sc
POST people.grant         c
POST people.take          c
POST people.reset         c
POST people.unlock        c
GET  people.leaving       s
POST people.leave         s
GET  posts.all            in
GET  posts.new            s
POST posts.make           s
GET  posts.filling        s
POST posts.fill           s
GET  posts.portfolio      s
POST posts.set_portfolio  s
GET  posts.leaving        s
POST posts.leave          s
GET  sections.all         in
GET  sections.new         s
POST sections.make        s
GET  sections.one         s
POST sections.change      s
GET  absences.all         in
GET  absences.new         s
POST absences.record      s
POST absences.cancel      s
GET  absences.brief       in
GET  tasks.mine           drpl
GET  notices.mine         in
POST notices.read         in
POST notices.read_all     in
GET  phrases.mine         drpl
POST phrases.keep         drpl
POST phrases.drop         drpl
GET  tokens.mine          drpl
POST tokens.make          drpl
POST tokens.end           drpl
GET  api.document         all
GET  handling.circulating drpl
POST handling.circulate   drpl
POST handling.urge        drpl
POST handling.take_over   drpl
POST handling.take_back   drpl
GET  drafts.new           d
POST drafts.create        d
GET  drafts.edit          drpl
POST drafts.save          drpl
GET  drafts.check         drpl
POST drafts.submit        drpl
POST drafts.preview       drpl
POST drafts.discard       drpl
POST drafts.autosave      drpl
GET  attachments.one      drplga
GET  articles.show        drpl
POST articles.sign        drpl
POST articles.send_back   drpl
POST articles.publish     drpl
POST articles.decide      drpl
GET  timeline.show        drpl
GET  timeline.why         drpl
GET  timeline.sheet       drpl
GET  rule.show            in
GET  rule.version         in
GET  ledger.show          drplga
POST ledger.export        drplga
GET  leader.home          l
GET  rounds.week          irl
GET  rounds.grid          irl
GET  rounds.faults        irl
GET  rounds.fault         irl
GET  rounds.photo         irl
POST rounds.fixed         i
GET  rounds.check         irl
POST rounds.log           i
GET  requests.all         gl
GET  requests.new         g
POST requests.register    g
GET  requests.one         gl
POST requests.answer      g
GET  registers.all        gl
GET  registers.new        g
POST registers.add        g
GET  registers.one        gl
GET  registers.repealing  g
POST registers.repeal     g
GET  registers.importing  g
POST registers.take_sheet g
GET  registers.sheet      g
GET  supervisions.all     gl
GET  supervisions.one     gl
GET  supervisions.new     g
POST supervisions.add     g
POST supervisions.mend    g
GET  reports.annual       gl
GET  reports.records      gl
GET  reports.download     gl
GET  reports.file         gl
GET  trail.show           acl
POST trail.verify         a
POST trail.export         a
"""
LETTERS = {
    "drafter": "d",
    "director": "r",
    "deputy": "r",
    "principal": "l",
    "publisher": "p",
    "inspector": "i",
    "registrar": "g",
    "sysadmin": "s",
    "secadmin": "c",
    "audadmin": "a",
    "reader": "",
}
STATIC = {"static", "bootstrap.static"}
NEEDS_MORE = {"reports.records": "?cell=published"}


def doors() -> dict[str, tuple[str, str]]:
    lines = [line.split() for line in DOORS.strip().splitlines()]
    return {endpoint: (method, who) for method, endpoint, who in lines}


def rules(house: House) -> list[Rule]:
    """Signing out comes last, so that the rest is tried while signed in.

    What programs use takes no cookie: tests/screens/test_api.py goes through it.
    """
    found = [r for r in house.app.url_map.iter_rules() if r.endpoint not in STATIC]
    found = [r for r in found if not r.rule.startswith("/api/v1/")]
    last = ("access.set_password", "access.end", "access.logout")
    return sorted(found, key=lambda r: (r.endpoint in last, r.endpoint))


def address(house: House, rule: Rule, *, theirs: bool = False) -> str:
    """The rule's address, its ids those of rows that are there."""
    ids = house.ids.neighbours if theirs else house.ids.mine
    given: dict[str, object] = {name: ids.get(name, "") for name in rule.arguments}
    if "mark" in given:
        given["mark"] = "0" * 16
    if "what" in given:
        given["what"] = "hold"
    with house.app.test_request_context():
        adapter = house.app.url_map.bind("localhost")
        return str(adapter.build(rule.endpoint, given)) + NEEDS_MORE.get(
            rule.endpoint, ""
        )


def admitted(who: str, login: str) -> bool:
    if who in ("all", "in"):
        return who == "all" or bool(login)
    return bool(login) and LETTERS[login] != "" and LETTERS[login] in who
