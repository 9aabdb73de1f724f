"""What the operator's pages and commands write to advisors, and say of those who cannot become one."""

from __future__ import annotations

from selfcheck.reporting.letters import advisors
from selfcheck.store.chamber.advisors import Letter, Refusal
from selfcheck.store.chamber.invitations import Invitation
from selfcheck.store.chamber.invitations import Letter as InvitationLetter
from selfcheck.store.mail.outbox import NewMail
from selfcheck.web.http.links import mail_link
from selfcheck.web.layout.catalogue import name_chamber

NOT_TAKEN = {
    Refusal.UNKNOWN: "hat kein Konto.",
    Refusal.OPERATES: "gehört zum Betrieb. Wer den Server betreibt, soll keine Berichte von Kommunen sehen.",
    Refusal.ADVISES: "berät schon für eine IHK. Eine andere wählen Sie in der Liste der Beratenden.",
    Refusal.WORKS: "arbeitet mit diesem Konto an einem Selbstcheck mit. Wer berät, sieht von Kommunen nur, was sie mit "
    "der IHK teilen: Die Person verlässt zuerst den Selbstcheck oder nimmt eine andere Adresse.",
    Refusal.INVITED: "ist schon für eine andere IHK eingeladen. Ziehen Sie diese Einladung zuerst zurück.",
}
"""Behind the address of whom it is about."""


def write_invitation_of(operator: int | None) -> InvitationLetter:
    """On behalf of this account; of none where a command writes."""

    def write(invitation: Invitation, token: str) -> NewMail:
        link = mail_link("accounts.invitation", token=token)
        name = name_chamber(invitation.chamber)
        said = advisors.write_invitation(name, link, invitation.ends_on)
        return NewMail(operator, invitation.mail, *said)

    return write


def write_moved_to(chamber: str, operator: int) -> Letter:
    said = advisors.write_moved(name_chamber(chamber), mail_link("accounts.sign_in"))
    return lambda address: NewMail(operator, address, *said)


def write_ended(operator: int) -> Letter:
    said = advisors.write_ended(mail_link("site.imprint"))
    return lambda address: NewMail(operator, address, *said)
