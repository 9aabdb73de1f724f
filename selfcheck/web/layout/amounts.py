"""Fields for points and percentages, as people read them off a sheet of paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms.validators import StopValidation

from selfcheck.core.text.number import read_number, tidy_number
from selfcheck.reporting.words import german
from selfcheck.store.database.limits import DECIMALS, MOST_POINTS
from selfcheck.web.layout.fields import TypedField

WHOLE = Decimal(100)


class AmountField(TypedField):
    """A number in a field of text; what is one stands there as `2,5`."""

    unit = "Punkte"
    wrong = "Bitte geben Sie die Punkte als Zahl an, zum Beispiel 2 oder 2,5."

    @property
    def amount(self) -> Decimal | None:
        """None for nothing, and for what is no number."""
        found = read_number(self.data or "", self.unit, DECIMALS)
        return tidy_number(found) if found is not None else None

    def process_data(self, value: Decimal | None) -> None:
        self.data = german.number_to_edit(value) if value is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if valuelist and self.amount is not None and not self.overlong:
            self.data = german.number_to_edit(self.amount)

    def say_overlong(self) -> str:
        return self.wrong

    def check(self) -> None:
        if self.amount is None:
            raise StopValidation(self.wrong)
        if round(self.amount, DECIMALS) != self.amount:
            raise StopValidation("Bitte geben Sie höchstens zwei Stellen nach dem Komma an.")
        self.check_range(self.amount)

    def check_range(self, amount: Decimal) -> None:
        """Raises `StopValidation` for what is too little or too much."""
        if amount < 0:
            raise StopValidation("Weniger als 0 Punkte gibt es nicht. Bitte prüfen Sie die Zahl.")
        if amount > MOST_POINTS:
            raise StopValidation(f"Bitte geben Sie höchstens {german.number(MOST_POINTS)} Punkte an.")


class PercentField(AmountField):
    unit = "%"
    wrong = "Bitte geben Sie die Bestehensgrenze als Zahl an, zum Beispiel 70."

    def check_range(self, amount: Decimal) -> None:
        if not 0 < amount <= WHOLE:
            raise StopValidation("Bitte geben Sie eine Bestehensgrenze über 0 und bis 100 Prozent an.")
