"""How our Word files look: one set of styles, as XML."""

from __future__ import annotations

from selfcheck.reporting.documents.look import ACCENT, FONT, MARKER, MUTED, RULE, TEXT, TINT

TITLE, SUBTITLE, HEADINGS = "Title", "Subtitle", ("Heading1", "Heading2", "Heading3")
FACT, NOTE, BOX, CELL, NUMBERED, BULLET = "Angabe", "Hinweis", "Kasten", "Tabellentext", "ListNumber", "ListBullet"
WORD, GAP, STRONG = "Wort", "Luecke", "Fett"
TABLE = "Tabelle"

_KEPT = "<w:keepNext/><w:keepLines/>"


def _spacing(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _letters(size: int, color: str = TEXT, *, bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    return f'{weight}<w:color w:val="{color}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _paragraph(id: str, name: str, lines: str, letters: str = "", after: str = "Normal") -> str:
    own = "" if name.islower() or name in (TITLE, SUBTITLE) else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"{own}><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{after}"/><w:qFormat/><w:pPr>{lines}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
    )


def _heading(level: int, size: int, color: str, lines: str) -> str:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    letters = _letters(size, color, bold=True)
    return _paragraph(f"Heading{level}", f"heading {level}", f"{_KEPT}{lines}{outline}", letters)


def _letters_style(id: str, name: str, letters: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{letters}</w:rPr></w:style>"
    )


def _border(side: str, color: str = RULE, size: int = 4, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


_DEFAULTS = f"""
<w:docDefaults><w:rPrDefault><w:rPr>
  <w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="Arial"/>{_letters(21)}
  <w:lang w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
  <w:pPr>{_spacing(0, 120)}</w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
  <w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
  <w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>
  </w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>
"""
_PARAGRAPHS = (
    _paragraph(TITLE, TITLE, f"{_KEPT}{_spacing(120, 60, 240)}", _letters(48, ACCENT, bold=True)),
    _paragraph(SUBTITLE, SUBTITLE, f"{_KEPT}{_spacing(0, 240)}", _letters(26, MUTED)),
    _heading(1, 32, ACCENT, f"<w:pBdr>{_border('bottom', RULE, 6, 3)}</w:pBdr>{_spacing(420, 140, 240)}"),
    _heading(2, 26, TEXT, _spacing(320, 100, 240)),
    _heading(3, 22, TEXT, _spacing(240, 60, 240)),
    _paragraph(
        FACT,
        "Angabe",
        f'<w:tabs><w:tab w:val="left" w:pos="1985"/></w:tabs>{_spacing(0, 40)}<w:ind w:left="1985" w:hanging="1985"/>',
        after=FACT,
    ),
    _paragraph(NOTE, "Hinweis", _spacing(0, 120), _letters(19, MUTED)),
    _paragraph(
        BOX,
        "Kasten",
        f"<w:pBdr>{_border('left', ACCENT, 24, 8)}</w:pBdr>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>{_spacing(0, 160)}<w:ind w:left="227" w:right="113"/>',
        after=BOX,
    ),
    _paragraph(CELL, "Tabellentext", _spacing(40, 40, 252), _letters(19), after=CELL),
    _paragraph(
        NUMBERED,
        "list number",
        f'<w:numPr><w:numId w:val="1"/></w:numPr>{_spacing(0, 100)}<w:ind w:left="454" w:hanging="454"/>',
        after=NUMBERED,
    ),
    _paragraph(
        BULLET,
        "list bullet",
        f'<w:numPr><w:numId w:val="2"/></w:numPr>{_spacing(0, 60)}<w:ind w:left="454" w:hanging="284"/>',
        after=BULLET,
    ),
    _paragraph("Header", "header", _spacing(0, 0), _letters(17, MUTED)),
    _paragraph("Footer", "footer", _spacing(0, 0), _letters(17, MUTED)),
)
_LETTERS = (
    _letters_style(WORD, "Wort", f'<w:color w:val="{MUTED}"/>'),
    _letters_style(STRONG, "Fett", "<w:b/><w:bCs/>"),
    _letters_style(GAP, "Lücke", f'<w:b/><w:bCs/><w:shd w:val="clear" w:color="auto" w:fill="{MARKER}"/>'),
)
_TABLE = f"""
<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Tabelle"/><w:basedOn w:val="TableNormal"/>
  <w:qFormat/>
  <w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>{_border("top")}{_border("bottom")}{_border("insideH")}
  </w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:color w:val="{MUTED}"/></w:rPr></w:tblStylePr>
</w:style>
"""
STYLES = f"{_DEFAULTS}{''.join(_PARAGRAPHS)}{''.join(_LETTERS)}{_TABLE}"


def _numbering(id: int, kind: str, text: str, style: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    )


NUMBERING = (
    f"{_numbering(0, 'decimal', '%1.', NUMBERED)}{_numbering(1, 'bullet', '•', BULLET)}"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
SETTINGS = (
    '<w:defaultTabStop w:val="709"/><w:autoHyphenation/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="de-DE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)
