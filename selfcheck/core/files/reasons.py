"""Why a file is not taken, and what helps: what people read."""

from __future__ import annotations

from selfcheck.core.files.kinds import NAMES, TAKEN, FileKind

BROKEN = (
    "Die Datei ist beschädigt oder nicht vollständig. Öffnen Sie sie auf Ihrem Rechner, speichern Sie sie neu und "
    "laden Sie sie noch einmal hoch."
)
EMPTY = "Die Datei ist leer. Bitte wählen Sie eine andere aus."
TOO_LARGE = (
    "Die Datei ist größer als 25 MB. Verkleinern Sie sie, zum Beispiel mit Bildern in geringerer Auflösung, oder "
    "teilen Sie sie auf mehrere Belege auf."
)
LOCKED = (
    "Die Datei ist mit einem Kennwort geschützt oder verschlüsselt, die IHK könnte sie nicht öffnen. Speichern Sie sie "
    "ohne Kennwort und laden Sie sie noch einmal hoch."
)
OLD_OFFICE = (
    "Das ist ein älteres Office-Format (.doc, .xls, .ppt) oder eine Mail aus Outlook (.msg), darin können sich Makros "
    "verstecken. Speichern Sie die Datei als .docx, .xlsx, .pptx oder PDF und laden Sie sie noch einmal hoch."
)
TWO_KINDS = (
    "In der Datei steckt noch eine andere. So tarnen sich Schadprogramme. Öffnen Sie sie auf Ihrem Rechner, speichern "
    "Sie sie neu, am besten als PDF, und laden Sie sie noch einmal hoch."
)
PAGE = (
    "Das ist eine Internetseite oder ein Programmtext. Speichern Sie die Seite als PDF, oder tragen Sie beim Beleg "
    "ihren Link ein."
)
UNKNOWN = f"Diese Art von Datei nehmen wir nicht an. Möglich sind {TAKEN}."
MACROS = (
    "Die Datei enthält Makros oder andere Programme. Speichern Sie sie ohne Makros (als .docx, .xlsx oder .pptx) oder "
    "als PDF und laden Sie sie noch einmal hoch."
)
ACTIVE_PDF = (
    "Das PDF enthält ein Programm (JavaScript), startet ein anderes oder spielt Medien ab. Drucken Sie es auf Ihrem "
    "Rechner als PDF (Drucken, dann „Als PDF speichern“) und laden Sie dieses hoch."
)
ATTACHED = (
    "Im PDF stecken weitere Dateien als Anhang. Laden Sie diese einzeln als eigene Belege hoch, und das PDF ohne "
    "Anhang: Drucken Sie es dazu als PDF (Drucken, dann „Als PDF speichern“)."
)
ODD_PDF = (
    "Das PDF ist so gepackt, dass wir es nicht prüfen können. Drucken Sie es auf Ihrem Rechner als PDF (Drucken, dann "
    "„Als PDF speichern“) und laden Sie dieses hoch."
)
SWOLLEN = (
    "Die Datei wird beim Öffnen übermäßig groß. So tarnen sich Schadprogramme. Speichern Sie sie neu, am besten als "
    "PDF, und laden Sie sie noch einmal hoch."
)
OTHER_OFFICE = (
    "Vorlagen, Bildschirmpräsentationen und andere Office-Dateien nehmen wir nicht an. Speichern Sie die Datei als "
    ".docx, .xlsx, .pptx oder PDF und laden Sie sie noch einmal hoch."
)
ARCHIVE = (
    f"Archive (zum Beispiel ZIP) nehmen wir nicht an. Entpacken Sie die Datei und laden Sie jedes Dokument einzeln "
    f"hoch. Möglich sind {TAKEN}."
)
HEIC = (
    "Das ist ein Foto im Format HEIC, das nicht alle öffnen können. Speichern Sie es als JPEG und laden Sie es noch "
    "einmal hoch."
)


def say_other_kind(ending: str, kind: FileKind) -> str:
    """That a file called `ending` is of another `kind`."""
    return (
        f"Die Datei heißt „.{ending}“, ist aber {NAMES[kind]}. Geben Sie ihr die Endung „.{kind.value}“ und laden Sie "
        "sie noch einmal hoch."
    )


def say_broken_promise(ending: str, promised: FileKind) -> str:
    """That a file called `ending` is not what it says, and nothing else that is taken."""
    if promised in (FileKind.TEXT, FileKind.CSV):
        return (
            f"Die Datei heißt „.{ending}“, enthält aber keinen lesbaren Text. Speichern Sie sie als Text in UTF-8, "
            "oder wählen Sie eine andere aus."
        )
    return (
        f"Die Datei heißt „.{ending}“, ist aber k{NAMES[promised]} oder beschädigt. Öffnen Sie sie auf Ihrem Rechner, "
        "speichern Sie sie neu und laden Sie sie noch einmal hoch."
    )
