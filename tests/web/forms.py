"""Every form of the product with the button that sends it; who sees it, and how it stands before anybody types."""

from __future__ import annotations

from functools import cache

from tests.web.document import Form, Pairs, text_of
from tests.web.page import Page, Visitor
from tests.web.routes import address_of
from tests.web.world import World

JSON = {"Accept": "application/json"}
BUTTONS = {
    "entry.new": ("entry.new", "Beginnen"),
    "entry.enter": ("entry.entry", "Öffnen"),
    "overview.details": ("overview.details", "Speichern"),
    "overview.personal_link": ("overview.personal_link", "Persönlichen Link anzeigen"),
    "overview.sign_out": ("overview.sign_out", "Auf diesem Gerät abmelden"),
    "overview.delete": ("overview.delete", "Selbstcheck löschen"),
    "overview.restore": ("entry.mine", "Wiederherstellen Musterstadt am Main"),
    "questions.save": ("questions.criterion", "Speichern und weiter"),
    "evidence.save_piece": ("evidence.piece", "Beleg speichern"),
    "evidence.save_own_piece": ("evidence.own_piece", "Beleg speichern"),
    "sharing.keep_address": ("sharing.first_contact", "Adresse speichern"),
    "checklist.save": ("checklist.checklist", "Speichern"),
    "goals.save": ("goals.lists", "Speichern"),
    "audit_sheet.save": ("audit_sheet.sheet", "Speichern"),
    "team.seen": ("team.mine", "Alles gesehen"),
    "team.issue_again": ("team.overview", "Neuen Link anzeigen, Bauamt"),
    "team.withdraw": ("team.withdraw", "Zurückziehen"),
    "team.offices": ("team.offices", "Alle angekreuzten fragen"),
    "team.letters": ("team.offices", "Briefe mit neuen Links anzeigen"),
    "team.office": ("team.office", "Link erstellen"),
    "team.colleague": ("team.colleague", "Link erstellen"),
    "team.change": ("team.change", "Speichern"),
    "team.give": ("team.give", "Koordination übergeben"),
    "chamber.step": ("chamber.case", "Übernehmen"),
    "chamber.remind": ("chamber.remind", "Speichern"),
    "sharing.create": ("sharing.overview", "Link erstellen"),
    "sharing.withdraw": ("sharing.withdraw", "Zurückziehen"),
    "sharing.send": ("sharing.chamber_preview", "Mit der IHK Darmstadt teilen"),
    "sharing.take_back": ("sharing.take_back", "Zurückziehen"),
    "chamber.confirm_sender": ("chamber.report", "Absender bestätigen"),
    "chamber.refuse_sender": ("chamber.refuse_sender", "Absender ablehnen"),
    "sharing.issue_again": ("sharing.overview", "Neuen Link anzeigen"),
    "sharing.enter": ("sharing.entry", "Öffnen"),
    "reply.answer": ("reply.overview", "Antworten"),
    "chamber.save_question": ("chamber.question", "Speichern und weiter"),
    "chamber.save_table": ("chamber.table", "Speichern"),
    "chamber.add_text_block": ("chamber.text_blocks", "Hinzufügen"),
    "chamber.ask": ("chamber.asked", "Rückfrage stellen"),
    "chamber.settle": ("chamber.asked", "Erledigt"),
    "office.save": ("office.page", "Speichern"),
    "history.take_back": ("history.changes", "Diese Änderung zurücknehmen"),
    "history.name": ("history.changes", "Stand benennen"),
    "history.rename": ("history.rename", "Speichern"),
    "history.redact": ("history.redact", "Überall entfernen"),
    "team.take_by_link": ("entry.entry", "In mein Konto übernehmen"),
    "team.leave": ("team.leave", "Selbstcheck verlassen"),
    "good_examples.agree": ("good_examples.overview", "Zustimmen"),
    "good_examples.decline": ("good_examples.decline", "Ablehnen"),
    "chamber.good_example": ("chamber.good_example", "Kommune um Zustimmung bitten"),
    "chamber.withdraw_example": ("chamber.good_example", "Zurücknehmen"),
    "operating.appoint": ("operating.appoint", "Einsetzen"),
    "operating.invite": ("operating.invite", "Einladen"),
    "data.begin": ("data.begin", "Aus Datei beginnen"),
    "documents.keep_contact": ("documents.overview", "Speichern"),
    "offline.look": ("offline.form", "Ansehen, was sich ändert"),
    "offline.own_look": ("offline.own_form", "Ansehen, was sich ändert"),
    "renewal.begin": ("renewal.begin", "Neuen Selbstcheck beginnen"),
    "chamber.save_result_of": ("chamber.result", "Speichern"),
    "chamber.save_settings_of": ("chamber.settings", "Speichern"),
    "chamber.save_interview": ("chamber.interview", "Speichern"),
    "accounts.sign_in": ("accounts.sign_in", "Anmelden"),
    "accounts.sign_out": ("accounts.sign_out", "Abmelden"),
    "accounts.register": ("accounts.register", "Registrieren"),
    "accounts.forgot": ("accounts.forgot", "Link schicken"),
    "accounts.name": ("accounts.name", "Speichern"),
    "accounts.password": ("accounts.password", "Passwort speichern"),
    "accounts.mail": ("accounts.mail", "Link schicken"),
    "accounts.end_device": ("accounts.devices", "Abmelden: Testbrowser"),
    "accounts.everywhere": ("accounts.everywhere", "Überall abmelden"),
    "accounts.delete": ("accounts.delete", "Konto löschen"),
    "accounts.ask_password": ("accounts.ask_password", "Weiter"),
    "accounts.new_codes": ("accounts.new_codes", "Neue Notfallcodes erstellen"),
    "team.of_account": ("team.of_account", "Ausschalten"),
    "team.switch": ("team.switch", "Ausschalten"),
    "chamber.add_recommendation": ("chamber.add_recommendation", "Empfehlung speichern"),
    "chamber.recommendation": ("chamber.recommendation", "Speichern"),
    "chamber.turn_recommendation": ("chamber.recommendation", "Empfehlung zurückziehen"),
    "reply.answer_recommendation": ("reply.recommendation", "Speichern"),
}
WHO = {
    "overview.restore": "owner of the deleted",
    "office.save": "office",
    "evidence.save_own_piece": "office",
    "offline.own_look": "office",
    "chamber.good_example": "advisor",
    "chamber.withdraw_example": "advisor",
    "operating.appoint": "operator",
    "chamber.ask": "advisor",
    "chamber.save_question": "advisor",
    "chamber.save_table": "advisor",
    "chamber.add_text_block": "advisor",
    "chamber.settle": "advisor",
    "chamber.save_result_of": "advisor",
    "chamber.save_settings_of": "advisor",
    "operating.invite": "operator",
    "chamber.step": "advisor",
    "chamber.remind": "advisor",
    "accounts.new_codes": "operator",
    "chamber.save_interview": "advisor",
    "chamber.confirm_sender": "advisor",
    "chamber.refuse_sender": "advisor",
    "chamber.add_recommendation": "advisor",
    "chamber.recommendation": "advisor",
    "chamber.turn_recommendation": "advisor",
} | dict.fromkeys(
    (
        "team.take_by_link",
        "team.leave",
        "accounts.sign_out",
        "accounts.name",
        "accounts.password",
        "accounts.mail",
        "accounts.end_device",
        "accounts.everywhere",
        "accounts.delete",
        "accounts.ask_password",
        "team.of_account",
        "team.switch",
        "sharing.send",
    ),
    "coordinator",
)
"""Who sees the form, where the owner does not."""


def visitor_for(world: World, endpoint: str) -> Visitor:
    """Somebody who may send the form, with the database fresh."""
    return world.visit(WHO.get(endpoint, "owner"))


def open_form(world: World, endpoint: str) -> tuple[Visitor, str, Pairs]:
    """The visitor, where the form goes, and its fields as they stand."""
    form = find_form(world, endpoint)
    return visitor_for(world, endpoint), form.action or address_of(world, BUTTONS[endpoint][0]), list(form.fields)


@cache
def find_form(world: World, endpoint: str) -> Form:
    """The form as it stands in the fresh database; looked up once, for it stands so whenever a test begins."""
    where, button = BUTTONS[endpoint]
    page = visitor_for(world, endpoint).open(address_of(world, where))
    return page.form(name_button(page, button))


def name_button(page: Page, button: str) -> str:
    """The whole name of the first button that begins so: many say to what they belong."""
    return next(text for each in page.all(".//button") if (text := text_of(each)).startswith(button))
