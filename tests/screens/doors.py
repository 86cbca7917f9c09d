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
GET  mandates.mine        drpl
POST mandates.name        drpl
POST mandates.end         drpl
GET  mandates.channels    s
POST mandates.keep_channels s
GET  mandates.workplace   s
POST mandates.set_workplace s
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
GET  afterwards.owed      drpl
GET  batches.show         drpl
POST batches.approve      drpl
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
GET  sharing.show         drpl
POST sharing.transfer     drpl
POST sharing.ask          drpl
POST sharing.answer       drpl
POST sharing.end          drpl
POST sharing.add          drpl
POST sharing.remove       drpl
POST sharing.sign         drpl
GET  telephone.show       drpl
POST telephone.record     drpl
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
POST articles.object_to   drpl
POST articles.doubt       drpl
POST articles.decide      drpl
POST findings.fix         drpl
POST findings.keep        drpl
POST findings.plead       drpl
POST findings.overrule    drpl
POST findings.escaped     drpl
POST findings.note        drpl
POST findings.withdraw    drpl
POST findings.answer      drpl
GET  file_texts.show      drpl
GET  timeline.show        drpl
GET  timeline.why         drpl
GET  timeline.ladder      drpl
GET  timeline.sheet       drpl
GET  rule.show            in
GET  rule.version         in
GET  regulation.edit      s
POST regulation.save      s
POST regulation.adopt     s
GET  calendars.all        in
GET  calendars.one        s
POST calendars.enter      s
GET  ledger.show          drplga
POST ledger.export        drplga
GET  catches.show         drpl
GET  catches.records      drpl
GET  lexicon.all          drpl
POST lexicon.enter        rl
GET  lexicon.one          rl
POST lexicon.end          rl
GET  leader.home          l
GET  rounds.week          irl
GET  rounds.grid          irl
GET  rounds.days          irl
GET  rounds.faults        irl
GET  rounds.fault         irl
GET  rounds.photo         irl
POST rounds.fixed         i
GET  rounds.check         irl
POST rounds.log           i
GET  entries.kit          i
POST entries.send         i
GET  phone.shell          all
GET  phone.worker         all
GET  phone.who            all
GET  phone.boards         i
GET  public.board         all
POST public.report        all
GET  public.state         all
GET  public.find          all
GET  labels.sheet         i
POST labels.make          i
GET  labels.picture       i
GET  labels.reports       i
POST labels.accept        i
POST labels.dismiss       i
GET  figures.year         irl
GET  figures.records      irl
GET  bulletins.all        idrlp
GET  bulletins.new        d
POST bulletins.draft      d
GET  bulletins.one        idrlp
GET  bulletins.figure     idrlp
GET  bulletins.as_word    idrlp
GET  bulletins.as_pdf     idrlp
GET  faults.one           irl
POST faults.step          i
POST faults.exempt        l
GET  faults.picture       irl
GET  faults.new           i
POST faults.add           i
GET  boards.all           irls
GET  boards.one           irls
POST boards.set           s
GET  catalogue.all        irls
GET  catalogue.item       s
POST catalogue.set        s
POST catalogue.adopt      s
GET  plans.all            irls
POST plans.set            s
POST plans.limits         s
GET  plans.roster         irls
POST plans.draw           is
POST plans.change         is
GET  patrols.all          irls
POST patrols.read         i
GET  patrols.column       s
POST patrols.set          s
GET  trainings.all        irl
POST trainings.plan       i
GET  trainings.one        irl
POST trainings.hold       i
GET  trainings.material   irl
POST trainings.explain    i
GET  requests.all         gld
GET  requests.new         g
POST requests.register    g
GET  requests.one         gld
POST requests.applicant   g
GET  requests.deed        gld
POST requests.do          gld
POST requests.file        g
GET  letters.new          g
POST letters.write        g
POST letters.file         g
GET  letters.serving      g
POST letters.serve        g
GET  letters.reaching     g
POST letters.reached      g
GET  letters.asking       g
POST letters.opinion      g
GET  letters.all          g
GET  letters.template     g
GET  letters.template_file g
POST letters.change       g
GET  remedies.all         gl
GET  remedies.new         g
POST remedies.file        g
GET  remedies.one         gl
POST remedies.settle      g
POST remedies.answered    g
GET  asking.form          all
POST asking.file          all
GET  asking.status        all
POST asking.look          all
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
GET  dashboards.show      drpl
GET  dashboards.decisions drpl
GET  dashboards.stuck     l
GET  dashboards.withdrawn l
GET  dashboards.near      l
GET  manuscripts.show     dg
POST manuscripts.write    dg
POST manuscripts.hand_in  dg
POST manuscripts.amend    g
GET  manuscripts.earlier  g
POST manuscripts.take_in  g
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
# what an address says that is no id of a row
CHOSEN = {"deed": "propose", "kind": "receipt"}
NEEDS_MORE = {
    "figures.records": "?row=dirty&month=3",
    "reports.records": "?cell=published",
    "letters.template": "?kind=receipt",
    "letters.template_file": "?kind=receipt",
}


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
    if "key" in given:
        given["key"] = "found"
    if "what" in given:
        given["what"] = "hold"
    if "step" in given:
        given["step"] = "notify"
    given |= {name: one for name, one in CHOSEN.items() if name in given}
    with house.app.test_request_context():
        adapter = house.app.url_map.bind("localhost")
        return str(adapter.build(rule.endpoint, given)) + NEEDS_MORE.get(
            rule.endpoint, ""
        )


def admitted(who: str, login: str) -> bool:
    if who in ("all", "in"):
        return who == "all" or bool(login)
    return bool(login) and LETTERS[login] != "" and LETTERS[login] in who
