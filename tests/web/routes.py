"""Every address of the product, and what each kind of visitor gets there."""

from __future__ import annotations

from tests.web.world import World

ELSEWHERE = ("stranger", "coordinator of another", "colleague of another", "office of another", "reader of another")
ADVISORS = ("advisor", "advisor of another")
OUTSIDE = ("nobody", *ELSEWHERE, *ADVISORS, "operator")
LEFT = ("signed out", "signed out of an account")
COORDINATION = ("owner", "coordinator")
COLLEAGUES = ("colleague", "colleague with an account")
READERS = ("reader", "ended reader")
ENDED = ("ended office", "withdrawn office")
DELETED = ("owner of the deleted", "colleague of the deleted", "office of the deleted")
WITH_ACCOUNT = ("coordinator", "colleague with an account", "coordinator of another", *ADVISORS, "operator")
PEOPLE = (*OUTSIDE, *LEFT, *COORDINATION, *COLLEAGUES, "office", *READERS, *ENDED, *DELETED)
Statuses = dict[str, int]


def everybody(status: int = 200) -> Statuses:
    return dict.fromkeys(PEOPLE, status)


def places(status: int, *inside: str) -> Statuses:
    """Pages of one self-check for those named; other places are too small for it, and nobody else may learn of it."""
    line = everybody(404) | dict.fromkeys((*COORDINATION, *COLLEAGUES, "office"), 403)
    return line | dict.fromkeys((*ENDED, *DELETED), 410) | dict.fromkeys(inside, status)


def coordination(status: int = 200) -> Statuses:
    return places(status, *COORDINATION)


def working_along(status: int = 200) -> Statuses:
    return places(status, *COORDINATION, *COLLEAGUES)


def asked_offices(status: int = 200) -> Statuses:
    return places(status, "office")


def whoever_has_a_place(status: int) -> Statuses:
    """Also what can be done in a self-check that was deleted."""
    return places(status, *COORDINATION, *COLLEAGUES, "office", *DELETED)


def operators(status: int = 200) -> Statuses:
    return everybody(404) | {"operator": status}


def advisors(status: int = 200, another: int | None = None) -> Statuses:
    """Pages of advisors; `another`: what one of another chamber gets, where that is not the same."""
    return everybody(404) | {"advisor": status, "advisor of another": status if another is None else another}


def own_cases(status: int = 200) -> Statuses:
    """Pages of one case, which only its own chamber may know of."""
    return advisors(status, another=404)


def signed_in(status: int = 200, on_duty: int | None = None) -> Statuses:
    """Pages of one's own account; everybody else is led to sign in first. `on_duty`: what operators and advisors get,
    who have a second factor, where that is not the same."""
    line = everybody(303) | dict.fromkeys(WITH_ACCOUNT, status)
    return line if on_duty is None else line | dict.fromkeys(("operator", *ADVISORS), on_duty)


def whoever_has_the_link(status: int, after_withdrawal: int) -> Statuses:
    line = everybody(status) | dict.fromkeys(DELETED, 410)
    return line | {"ended reader": after_withdrawal}


RESTORING = {"owner of the deleted": 303, "colleague of the deleted": 403, "office of the deleted": 403}
REPORT = everybody(404) | {
    **dict.fromkeys((*COORDINATION, *COLLEAGUES, "reader"), 200),
    **dict.fromkeys(("signed out", "ended reader", "owner of the deleted", "colleague of the deleted"), 410),
}
ACCOUNTS = {"coordinator": 200, "colleague with an account": 200}
ROUTES: dict[tuple[str, str], Statuses] = {
    ("GET", "site.start_page"): everybody(),
    ("GET", "site.chambers"): everybody(),
    ("GET", "site.questions"): everybody(),
    ("GET", "site.blank_sheet"): everybody(),
    ("GET", "site.help"): everybody(),
    ("GET", "site.guide"): everybody(),
    ("GET", "site.imprint"): everybody(),
    ("GET", "site.privacy"): everybody(),
    ("GET", "site.accessibility"): everybody(),
    ("GET", "site.easy_language"): everybody(),
    ("GET", "site.health"): everybody(),
    ("GET", "site.robots"): everybody(),
    ("GET", "site.favicon"): everybody(302),
    ("GET", "site.sample"): everybody(),
    ("GET", "entry.new"): everybody(),
    ("POST", "entry.new"): everybody(422),
    ("GET", "entry.mine"): everybody(),
    ("GET", "entry.entry"): whoever_has_the_link(200, after_withdrawal=200),
    ("POST", "entry.enter"): whoever_has_the_link(303, after_withdrawal=303),
    ("GET", "overview.overview"): working_along(),
    ("GET", "overview.details"): coordination(),
    ("POST", "overview.details"): coordination(422),
    ("GET", "overview.personal_link"): coordination(),
    ("POST", "overview.personal_link"): coordination(),
    ("GET", "overview.sign_out"): whoever_has_a_place(200),
    ("POST", "overview.sign_out"): whoever_has_a_place(303),
    ("GET", "overview.signed_out"): everybody(),
    ("GET", "overview.delete"): coordination(),
    ("POST", "overview.delete"): coordination(303),
    ("POST", "overview.restore"): coordination(303) | RESTORING,
    ("GET", "questions.criterion"): working_along(),
    ("POST", "questions.save"): working_along(303),
    ("GET", "office.page"): asked_offices(),
    ("GET", "office.copy"): asked_offices(),
    ("POST", "office.save"): asked_offices(303),
    ("POST", "office.switch"): asked_offices(404),
    ("GET", "office.paper"): coordination(),
    ("GET", "results.result"): working_along(),
    ("GET", "results.what_if"): working_along(),
    ("GET", "audit_sheet.sheet"): working_along(),
    ("POST", "audit_sheet.save"): working_along(303),
    ("GET", "audit_sheet.remove"): working_along(404),
    ("GET", "checklist.checklist"): working_along(),
    ("POST", "checklist.save"): working_along(303),
    ("GET", "evidence.register"): working_along(),
    ("GET", "evidence.piece"): working_along(),
    ("POST", "evidence.save_piece"): working_along(303),
    ("GET", "evidence.own_piece"): asked_offices(),
    ("POST", "evidence.save_own_piece"): asked_offices(303),
    ("GET", "evidence.download"): working_along(404),
    ("GET", "evidence.download_own"): asked_offices(404),
    ("GET", "evidence.take_out"): coordination(404),
    ("POST", "evidence.take_out"): coordination(404),
    ("GET", "goals.lists"): working_along(),
    ("POST", "goals.save"): working_along(303),
    ("GET", "goals.interim"): working_along(),
    ("POST", "goals.save_interim"): working_along(303),
    ("GET", "goals.remove"): working_along(404),
    ("GET", "history.changes"): working_along(),
    ("POST", "history.take_back"): working_along(404),
    ("POST", "history.name"): working_along(422),
    ("GET", "history.rename"): working_along(),
    ("POST", "history.rename"): working_along(422),
    ("GET", "history.compare"): working_along(),
    ("GET", "history.go_back"): working_along(),
    ("POST", "history.go_back"): working_along(409),
    ("GET", "history.redact"): coordination(),
    ("POST", "history.redact"): coordination(303),
    ("GET", "team.mine"): working_along(),
    ("POST", "team.seen"): working_along(303),
    ("GET", "questions.all_questions"): working_along(),
    ("GET", "questions.own_questions"): asked_offices(),
    ("GET", "team.overview"): coordination(),
    ("GET", "team.link"): coordination(),
    ("POST", "team.issue_again"): coordination(303),
    ("GET", "team.withdraw"): coordination(),
    ("POST", "team.withdraw"): coordination(303),
    ("POST", "team.remind"): coordination(303),
    ("POST", "team.read"): coordination(303),
    ("POST", "team.reassign"): coordination(303),
    ("GET", "team.offices"): coordination(),
    ("POST", "team.offices"): coordination(422),
    ("POST", "team.letters"): coordination(),
    ("GET", "team.choose_office"): coordination(),
    ("GET", "team.office"): coordination(),
    ("POST", "team.office"): coordination(422),
    ("GET", "team.colleague"): coordination(),
    ("POST", "team.colleague"): coordination(422),
    ("GET", "team.change"): coordination(),
    ("POST", "team.change"): coordination(422),
    ("GET", "team.give"): coordination(),
    ("POST", "team.give"): coordination(422),
    ("GET", "team.take"): coordination(),
    ("POST", "team.take"): coordination() | {"owner": 422},
    ("POST", "team.take_by_link"): whoever_has_the_link(303, after_withdrawal=303),
    ("GET", "team.leave"): places(303, *COORDINATION, *COLLEAGUES, "office") | ACCOUNTS,
    ("POST", "team.leave"): places(303, *COORDINATION, *COLLEAGUES, "office"),
    ("GET", "chamber.interview"): own_cases(),
    ("POST", "chamber.save_interview"): own_cases(303),
    ("GET", "chamber.interview_file"): own_cases(404),
    ("POST", "chamber.reopen_record"): own_cases(303),
    ("GET", "chamber.finalise_record"): own_cases(303),
    ("POST", "chamber.make_record_final"): own_cases(303),
    ("GET", "chamber.good_example"): own_cases(),
    ("POST", "chamber.good_example"): own_cases(422),
    ("POST", "chamber.withdraw_example"): own_cases(409),
    ("GET", "operating.overview"): operators(),
    ("GET", "operating.appoint"): operators(),
    ("POST", "operating.appoint"): operators(422),
    ("GET", "chamber.inbox"): advisors(),
    ("GET", "chamber.case"): own_cases(),
    ("POST", "chamber.step"): own_cases(404),
    ("POST", "chamber.undo"): own_cases(409),
    ("GET", "chamber.hand_over"): own_cases(),
    ("POST", "chamber.hand_over"): own_cases(422),
    ("GET", "chamber.flag"): own_cases(),
    ("POST", "chamber.flag"): own_cases(422),
    ("POST", "chamber.settle_flag"): own_cases(404),
    ("GET", "chamber.remind"): own_cases(),
    ("POST", "chamber.remind"): own_cases(422),
    ("POST", "chamber.settle_reminder"): own_cases(404),
    ("GET", "operating.advisors_page"): operators(),
    ("GET", "operating.invite"): operators(),
    ("POST", "operating.invite"): operators(422),
    ("POST", "operating.invite_again"): operators(404),
    ("POST", "operating.withdraw_invitation"): operators(404),
    ("GET", "operating.advisor"): operators(404),
    ("POST", "operating.move_advisor"): operators(404),
    ("POST", "operating.end_advisor"): operators(404),
    ("GET", "operating.chambers"): operators(),
    ("GET", "operating.questionnaires"): operators(),
    ("GET", "operating.questionnaire"): operators(),
    ("GET", "operating.mails"): operators(),
    ("POST", "operating.try_again"): operators(404),
    ("GET", "operating.running"): operators(),
    ("GET", "operating.numbers"): operators(),
    ("GET", "chamber.questions"): own_cases(303),
    ("GET", "chamber.question"): own_cases(),
    ("POST", "chamber.save_question"): own_cases(303),
    ("GET", "chamber.table"): own_cases(),
    ("POST", "chamber.save_table"): own_cases(303),
    ("GET", "chamber.difference"): own_cases(),
    ("GET", "chamber.changes"): own_cases(),
    ("POST", "chamber.still_holds"): own_cases(404),
    ("GET", "chamber.text_blocks"): advisors(),
    ("POST", "chamber.add_text_block"): advisors(422),
    ("GET", "chamber.text_block"): advisors(404),
    ("POST", "chamber.save_text_block"): advisors(404),
    ("GET", "sharing.overview"): coordination(),
    ("POST", "sharing.create"): coordination(422),
    ("GET", "sharing.preview"): coordination(),
    ("GET", "sharing.withdraw"): coordination(),
    ("POST", "sharing.withdraw"): coordination(303),
    ("POST", "sharing.issue_again"): coordination(303),
    ("GET", "sharing.chamber_preview"): coordination() | {"owner": 303},
    ("POST", "sharing.send"): coordination(303) | {"owner": 422},
    ("GET", "sharing.sent_stand"): coordination(),
    ("GET", "sharing.take_back"): coordination(),
    ("POST", "sharing.take_back"): coordination(303),
    ("GET", "sharing.entry"): whoever_has_the_link(200, after_withdrawal=410),
    ("POST", "sharing.enter"): whoever_has_the_link(303, after_withdrawal=410),
    ("GET", "sharing.report"): REPORT,
    ("GET", "sharing.mine"): everybody(),
    ("GET", "good_examples.overview"): coordination(),
    ("POST", "good_examples.agree"): coordination(409),
    ("GET", "good_examples.decline"): coordination(),
    ("POST", "good_examples.decline"): coordination(409),
    ("POST", "good_examples.take_back"): coordination(409),
    ("GET", "documents.overview"): working_along(),
    ("POST", "documents.keep_contact"): coordination(422),
    ("GET", "documents.download"): working_along(),
    ("GET", "documents.binder"): working_along(),
    ("GET", "documents.shared"): REPORT,
    ("GET", "chamber.report"): own_cases(),
    ("GET", "chamber.report_pdf"): own_cases(),
    ("POST", "chamber.confirm_sender"): own_cases(409),
    ("GET", "chamber.refuse_sender"): own_cases(),
    ("POST", "chamber.refuse_sender"): own_cases(409),
    ("GET", "sharing.first_contact"): working_along(),
    ("POST", "sharing.keep_address"): coordination(303),
    ("GET", "data.export"): working_along(),
    ("GET", "offline.form"): working_along(),
    ("GET", "offline.download"): working_along(),
    ("POST", "offline.look"): working_along(422),
    ("POST", "offline.save"): working_along(303),
    ("GET", "offline.own_form"): asked_offices(),
    ("GET", "offline.own_download"): asked_offices(),
    ("POST", "offline.own_look"): asked_offices(422),
    ("POST", "offline.own_save"): asked_offices(303),
    ("GET", "data.begin"): everybody(),
    ("POST", "data.begin"): everybody(422),
    ("GET", "renewal.begin"): working_along(),
    ("POST", "renewal.begin"): working_along(422),
    ("GET", "renewal.version"): coordination(),
    ("POST", "renewal.version"): coordination(),
    ("GET", "chamber.result"): own_cases(),
    ("POST", "chamber.save_result_of"): own_cases(303),
    ("POST", "chamber.read_result_over"): own_cases(303),
    ("POST", "chamber.prepare_result_again"): own_cases(303),
    ("GET", "chamber.release"): own_cases(),
    ("POST", "chamber.release_now"): own_cases(409),
    ("GET", "chamber.settings"): advisors(),
    ("POST", "chamber.save_settings_of"): advisors(303),
    ("GET", "reply.result"): working_along(),
    ("POST", "reply.take_result"): coordination(404),
    ("GET", "accounts.sign_in"): everybody(),
    ("POST", "accounts.sign_in"): everybody(422),
    ("GET", "accounts.code"): everybody(303),
    ("POST", "accounts.code"): everybody(303),
    ("GET", "accounts.sign_out"): signed_in(),
    ("POST", "accounts.sign_out"): everybody(303),
    ("GET", "accounts.signed_out"): everybody(),
    ("GET", "accounts.register"): everybody(),
    ("POST", "accounts.register"): everybody(422),
    ("GET", "accounts.registered"): everybody(),
    ("GET", "accounts.confirm"): everybody(404),
    ("POST", "accounts.confirm"): everybody(404),
    ("GET", "accounts.forgot"): everybody(),
    ("POST", "accounts.forgot"): everybody(422),
    ("GET", "accounts.forgot_sent"): everybody(),
    ("GET", "accounts.reset"): everybody(404),
    ("POST", "accounts.reset"): everybody(404),
    ("GET", "accounts.overview"): signed_in(),
    ("GET", "accounts.name"): signed_in(),
    ("POST", "accounts.name"): everybody(303),
    ("GET", "accounts.password"): signed_in(),
    ("POST", "accounts.password"): signed_in(422),
    ("GET", "accounts.mail"): signed_in(),
    ("POST", "accounts.mail"): signed_in(422),
    ("GET", "accounts.mail_sent"): signed_in(),
    ("GET", "accounts.confirm_mail"): everybody(404),
    ("POST", "accounts.confirm_mail"): everybody(404),
    ("GET", "accounts.devices"): signed_in(),
    ("POST", "accounts.end_device"): signed_in(404),
    ("GET", "accounts.everywhere"): signed_in(),
    ("POST", "accounts.everywhere"): everybody(303),
    ("GET", "accounts.delete"): signed_in(),
    ("POST", "accounts.delete"): signed_in(422),
    ("GET", "accounts.deleted"): everybody(),
    ("GET", "accounts.set_up"): everybody(303),
    ("POST", "accounts.set_up"): everybody(303),
    ("GET", "accounts.ask_password"): signed_in(on_duty=303),
    ("POST", "accounts.ask_password"): signed_in(422, on_duty=303),
    ("GET", "accounts.picture"): signed_in(404),
    ("GET", "accounts.codes"): everybody(303),
    ("GET", "accounts.new_codes"): signed_in(404, on_duty=200),
    ("POST", "accounts.new_codes"): signed_in(404, on_duty=422),
    ("GET", "accounts.drop"): signed_in(404, on_duty=403),
    ("POST", "accounts.drop"): signed_in(404, on_duty=403),
    ("GET", "accounts.invitation"): everybody(404),
    ("POST", "accounts.invitation"): everybody(404),
    ("GET", "team.stop"): everybody(404),
    ("POST", "team.decide"): everybody(404),
    ("GET", "team.of_account"): signed_in(),
    ("POST", "team.of_account"): everybody(303),
    ("GET", "reply.overview"): working_along(),
    ("POST", "reply.answer"): working_along(404),
    ("GET", "chamber.threads"): advisors(),
    ("GET", "chamber.asked"): own_cases(),
    ("POST", "chamber.ask"): own_cases(422),
    ("POST", "chamber.settle"): own_cases(404),
    ("GET", "chamber.recommendations"): own_cases(),
    ("GET", "chamber.add_recommendation"): own_cases(),
    ("POST", "chamber.add_recommendation"): own_cases(422),
    ("GET", "chamber.recommendation"): own_cases(),
    ("POST", "chamber.recommendation"): own_cases(303),
    ("POST", "chamber.turn_recommendation"): own_cases(400),
    ("GET", "chamber.send_recommendations"): own_cases(),
    ("POST", "chamber.send_recommendations"): own_cases(303),
    ("GET", "reply.recommendations"): working_along(),
    ("GET", "reply.recommendation"): working_along(),
    ("POST", "reply.answer_recommendation"): working_along(303),
    ("GET", "team.switch"): working_along(),
    ("POST", "team.switch"): working_along(303),
}
NO_HTML = (
    "chamber.report_pdf",
    "data.export",
    "documents.binder",
    "documents.download",
    "documents.shared",
    "offline.download",
    "offline.own_download",
    "questions.all_questions",
    "questions.own_questions",
    "site.health",
    "site.robots",
    "site.favicon",
)
PAGES = [
    name for (method, name), line in ROUTES.items() if method == "GET" and 200 in line.values() and name not in NO_HTML
]
TOKEN_OF = {"entry": "personal_token", "team": "personal_token"}


def address_of(world: World, endpoint: str, **other: str) -> str:
    """The address of a page of this town."""
    token = getattr(world, TOKEN_OF.get(endpoint.partition(".")[0], "token"))
    values = world.values | {"token": token} | other
    adapter = world.app.url_map.bind("localhost")
    wanted = next(rule.arguments for rule in world.app.url_map.iter_rules(endpoint))
    address: str = adapter.build(endpoint, {name: values[name] for name in wanted})
    return address


def who_may_open(endpoint: str) -> str:
    """Somebody who gets the page at this address; the owner where they do."""
    return next(name for name in ("owner", *PEOPLE) if ROUTES["GET", endpoint][name] == 200)
