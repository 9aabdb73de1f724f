"""What machines read: mail addresses, telephone numbers, links, numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfcheck.core.text.mail import NoAddress, find_account_mail, read_mail, tidy_mail
from selfcheck.core.text.number import read_number
from selfcheck.core.text.phone import is_phone, tidy_phone
from selfcheck.core.text.web_address import is_link, tidy_link


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Erika.Muster@Stadt.Example ", "Erika.Muster@stadt.example"),
        ("erika@stadt.example\u200b", "erika@stadt.example"),
        ("mailto:erika@stadt.example", "erika@stadt.example"),
        ("MAILTO: erika@stadt.example", "erika@stadt.example"),
        ("erika\u2011muster@stadt.example", "erika-muster@stadt.example"),
        ("buero@Müllheim.example", "buero@müllheim.example"),
        ("buero@Mu\u0308llheim.example", "buero@müllheim.example"),
    ],
)
def test_an_address_is_read_as_it_looks(typed: str, address: str) -> None:
    assert read_mail(typed) == address
    assert find_account_mail(typed) == address.lower()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("erika.müller@stadt.example", "Ist erika.mueller@stadt.example gemeint?"),
        ("erika.mu\u0308ller@stadt.example", "Ist erika.mueller@stadt.example gemeint?"),
        ("żółw@stadt.example", "keine Umlaute oder Sonderzeichen"),
        ("erika.muster", "fehlt das @"),
        ("erika@stadt", "fehlt hinter dem @ die Endung"),
        ("a@b@c.de", "nur eine E-Mail-Adresse"),
        ("Erika Muster <erika@stadt.example>", "nur eine E-Mail-Adresse"),
        ("erika@stadt.example, max@stadt.example", "nur eine E-Mail-Adresse"),
        ("a@b..de", "erika.muster@stadt.de"),
        ("erika@rathaus.local", "erika.muster@stadt.de"),
        ('"e m"@stadt.example', "nur eine E-Mail-Adresse"),
        ("a." * 500_000, "zu lang"),
    ],
)
def test_a_wrong_address_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(NoAddress) as refused:
        read_mail(typed)
    assert why in refused.value.why
    assert find_account_mail(typed) == ""


@pytest.mark.parametrize("typed", ["erika@rathaus.local", "erika@stadt.internal", "erika@stadt.test"])
def test_an_address_that_no_mail_goes_to_may_be_anywhere(typed: str) -> None:
    assert read_mail(typed, anywhere=True) == typed
    with pytest.raises(NoAddress):
        read_mail(typed.replace("e", "é", 1), anywhere=True)


@pytest.mark.parametrize("typed", ["mailto:a@b.de", "a@b.de\u200b"])
def test_an_address_is_kept_tidy(typed: str) -> None:
    assert tidy_mail(typed) == "a@b.de"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("06151\u2011871 – 0", "06151-871 - 0"), ("\u202d+49 6151/8 71\u202c", "+49 6151/8 71"), ("", "")],
)
def test_a_number_can_be_dialled(typed: str, kept: str) -> None:
    assert tidy_phone(typed) == kept
    assert is_phone(kept)


@pytest.mark.parametrize("typed", ["siehe Website", "-", "1" * 41, "1" * 2_000_000, "06151 871 a"])
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    assert not is_phone(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("musterstadt.de/beschluss", "https://musterstadt.de/beschluss"),
        ("https://stadt.de/leit\u00adbild\u200b", "https://stadt.de/leitbild"),
        ("https://stadt.de/leit\u2011bild", "https://stadt.de/leit-bild"),
        ("https://stadt.de/2020–2030", "https://stadt.de/2020–2030"),
        ("HTTP://stadt.de", "HTTP://stadt.de"),
        ("stadt.de:8443/a", "https://stadt.de:8443/a"),
        ("xn--mnster-3ya.xn--p1ai", "https://xn--mnster-3ya.xn--p1ai"),
        ("https://münster.de./ä?b=c,d", "https://münster.de./ä?b=c,d"),
        ("http://10.0.0.5/plan", "http://10.0.0.5/plan"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
    ],
)
def test_a_link_leads_where_it_seems_to(typed: str, kept: str) -> None:
    assert tidy_link(typed) == kept
    assert is_link(kept)


@pytest.mark.parametrize(
    "typed",
    [
        *("javascript:alert(1)", "https://", "https://stadt.de/a b", "ordner 5", "http://[::1", "a." * 500_000),
        *("https://..", "https://-", "https://%20", "https://stadt,de", "https://https://stadt.de"),
        *("https://stadt.de:99999/", "https://stadt.de:ab/", "https://stadt.de\\@boese.example"),
        *("Beschluss.pdf", "12.3.2024", "Seite.5"),
    ],
)
def test_what_leads_nowhere_is_no_link(typed: str) -> None:
    assert not is_link(tidy_link(typed))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("38,5\u202f%", "38.5"),
        ("\u22124", "-4"),
        ("1\u2009234", "1234"),
        ("３８", "38"),
        ("38\u200b,5", "38.5"),
        ("12 Pla\u0308tze", "12"),
        ("١٢", None),
        ("1" + "." * 24_000 + "x1", None),
        ("1" * 2_000_000, None),
    ],
)
def test_a_number_is_read_as_it_looks(typed: str, number: str | None) -> None:
    unit = "Plätze" if "P" in typed else "%"
    assert read_number(typed, unit, 1) == (Decimal(number) if number else None)
