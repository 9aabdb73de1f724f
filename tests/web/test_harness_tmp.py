from tests.web.page import begin, fill
from tests import towns
def test_public(page):
    for a in ("/","/ihk","/fragen","/hilfe","/impressum","/datenschutz","/barrierefreiheit","/leichte-sprache","/selbstcheck/neu","/selbstchecks","/beispiel"):
        page.open(a)
def test_begin(page):
    id=begin(page)
    fill(page,id,towns.sample().answers)
    for a in ("","/angaben","/persoenlicher-link","/abmelden","/loeschen","/ergebnis","/ergebnis/was-waere-wenn"):
        p=page.open(f"/selbstcheck/{id}{a}")
