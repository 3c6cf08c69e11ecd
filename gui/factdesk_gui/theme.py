"""Colours: own palettes for Fusion, little style sheet, and how verdicts and labels look.

Colours are chosen for WCAG contrast (text at least 4.5 : 1 on its background, input borders at least 3 : 1) and
never carry a meaning alone: every verdict also has its own glyph, badge shape and underline.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from factdesk_resources import path


class Scheme(StrEnum):
    """What the View menu offers."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "high contrast"


class Underline(StrEnum):
    """Line styles that can be told apart without colour."""

    SOLID = "solid"
    ZIGZAG = "zigzag"
    DOTTED = "dotted"
    THIN = "thin"


class Badge(StrEnum):
    """Shapes of the margin marks."""

    ROUND = "round"
    SQUARE = "square"
    SOFT = "soft"
    RING = "ring"


@dataclass(frozen=True, slots=True)
class VerdictStyle:
    """How claims with one verdict (or none yet) look everywhere."""

    name: str
    glyph: str
    ink: QColor
    tint: QColor
    underline: Underline
    badge: Badge


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours."""

    dark: bool
    window: QColor
    base: QColor
    raised: QColor
    text: QColor
    soft_text: QColor
    off: QColor  # ink of what cannot be used now
    line: QColor  # decoration only
    edge: QColor  # borders of inputs
    accent: QColor
    on_accent: QColor
    chosen: QColor  # background of rows in hand
    on_chosen: QColor
    warning: QColor
    warning_tint: QColor
    found: QColor  # background of search hits
    verdicts: dict[str, VerdictStyle]  # "verified", "disputed", "unverified", "none"
    labels: dict[str, QColor]  # entity tints by OntoNotes label; "" for the rest

    def verdict(self, verdict: str | None) -> VerdictStyle:
        """The style of a verdict; None is *no verdict yet*."""
        return self.verdicts[verdict or "none"]

    def label(self, label: str) -> QColor:
        """The tint of an entity label."""
        return self.labels.get(label, self.labels[""])


def _verdicts(inks: tuple[str, str, str, str], tints: tuple[str, str, str, str]) -> dict[str, VerdictStyle]:
    shapes = (
        ("verified", "Verified", "✓", Underline.SOLID, Badge.ROUND),
        ("disputed", "Disputed", "✗", Underline.ZIGZAG, Badge.SQUARE),
        ("unverified", "Unverified", "?", Underline.DOTTED, Badge.SOFT),
        ("none", "No verdict yet", "·", Underline.THIN, Badge.RING),
    )
    return {
        key: VerdictStyle(name, glyph, QColor(ink), QColor(tint), underline, badge)
        for (key, name, glyph, underline, badge), ink, tint in zip(shapes, inks, tints, strict=True)
    }


def _labels(person: str, org: str, place: str, group: str, value: str, other: str) -> dict[str, QColor]:
    return {
        "PERSON": QColor(person),
        "ORG": QColor(org),
        **dict.fromkeys(("GPE", "LOC", "FAC"), QColor(place)),
        **dict.fromkeys(("NORP", "LANGUAGE"), QColor(group)),
        **dict.fromkeys(
            ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
            QColor(value),
        ),
        "": QColor(other),
    }


LIGHT = Theme(
    dark=False,
    window=QColor("#f5f6f8"),
    base=QColor("#ffffff"),
    raised=QColor("#f7f8fa"),
    text=QColor("#1d2129"),
    soft_text=QColor("#5b6577"),
    off=QColor("#5b6577"),
    line=QColor("#d0d5dd"),
    edge=QColor("#838b96"),
    accent=QColor("#2459c4"),
    on_accent=QColor("#ffffff"),
    chosen=QColor("#2459c4"),
    on_chosen=QColor("#ffffff"),
    warning=QColor("#8a4b00"),
    warning_tint=QColor("#fff1dc"),
    found=QColor("#ffe58f"),
    verdicts=_verdicts(("#176b30", "#b42318", "#7a5f00", "#5b6577"), ("#dcf5e1", "#ffe1de", "#fff4cc", "#eef0f4")),
    labels=_labels("#ffe1be", "#e6d2ff", "#c8dcff", "#c8f0f0", "#eceff3", "#f4dcea"),
)

DARK = Theme(
    dark=True,
    window=QColor("#1e1f22"),
    base=QColor("#26282c"),
    raised=QColor("#2b2d31"),
    text=QColor("#e6e7ea"),
    soft_text=QColor("#a4a9b3"),
    off=QColor("#a4a9b3"),
    line=QColor("#3d4046"),
    edge=QColor("#80848c"),
    accent=QColor("#6ea8fe"),
    on_accent=QColor("#10131a"),
    chosen=QColor("#2f4d7d"),  # a bright bar dazzles beside dark text
    on_chosen=QColor("#ffffff"),
    warning=QColor("#ffb86b"),
    warning_tint=QColor("#41311c"),
    found=QColor("#6b5a12"),
    verdicts=_verdicts(("#56d364", "#ff8b82", "#e3b341", "#a4a9b3"), ("#17361f", "#43201e", "#3a3117", "#33363c")),
    labels=_labels("#553f1e", "#473066", "#2b4470", "#1f4d4d", "#3a3e45", "#57304a"),
)

CONTRAST = Theme(
    dark=True,
    window=QColor("#000000"),
    base=QColor("#000000"),
    raised=QColor("#101010"),
    text=QColor("#ffffff"),
    soft_text=QColor("#e0e0e0"),
    off=QColor("#8f8f8f"),
    line=QColor("#ffffff"),
    edge=QColor("#ffffff"),
    accent=QColor("#ffd60a"),
    on_accent=QColor("#000000"),
    chosen=QColor("#ffd60a"),
    on_chosen=QColor("#000000"),
    warning=QColor("#ffb000"),
    warning_tint=QColor("#2b1d00"),
    found=QColor("#6b5a00"),
    verdicts=_verdicts(("#5cff7a", "#ff9d94", "#ffd60a", "#ffffff"), ("#00290a", "#3a0500", "#2f2600", "#1a1a1a")),
    labels=_labels("#4a3000", "#3a1a66", "#0b2f73", "#004a4a", "#2b2b2b", "#551a3f"),
)

_QSS = """
QMainWindow::separator { background: palette(window); width: 6px; height: 6px; }
QMainWindow::separator:hover { background: palette(mid); }
QToolBar { background: palette(window); border: 0; border-bottom: 1px solid palette(mid); padding: 4px; spacing: 4px; }
QToolButton { padding: 5px 8px; border-radius: 6px; border: 1px solid transparent; }
QToolButton#qt_toolbar_ext_button { padding: 0; }
QToolButton:hover { background: palette(alternate-base); border-color: palette(mid); }
QToolButton:checked { background: palette(accent); color: %ON_ACCENT%; }
QToolButton#verify:checked { background: %VERIFIED%; border-color: %VERIFIED%; }
QToolButton#dispute:checked { background: %DISPUTED%; border-color: %DISPUTED%; }
QToolButton#unverify:checked { background: %UNVERIFIED%; border-color: %UNVERIFIED%; }
QToolButton[role="small"] { border-color: palette(dark); padding: 2px 8px; }
QToolButton:focus { border: 2px solid palette(accent); padding: 4px 7px; }
QToolButton[role="small"]:focus { padding: 1px 7px; }
QPushButton { padding: 5px 12px; border-radius: 6px; border: 1px solid palette(dark); background: palette(button); }
QPushButton:hover { border-color: palette(accent); }
QPushButton:focus { border: 2px solid palette(accent); padding: 4px 11px; }
QPushButton:checked, QPushButton:default { background: palette(accent); color: %ON_ACCENT%; }
QPushButton:disabled { color: %OFF%; border-color: %OFF_EDGE%; background: palette(window); }
QLineEdit, QComboBox, QPlainTextEdit, QSpinBox {
    padding: 4px 7px; border: 1px solid palette(dark); border-radius: 6px; background: palette(base); }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus {
    border: 2px solid palette(accent); padding: 3px 6px; }
QAbstractSpinBox::down-arrow { width: 0; height: 0; border-left: 4px solid palette(base);
    border-right: 4px solid palette(base); border-top: 5px solid palette(text); }
QAbstractSpinBox::up-arrow { width: 0; height: 0; border-left: 4px solid palette(base);
    border-right: 4px solid palette(base); border-bottom: 5px solid palette(text); }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 18px; background: transparent; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url(%CHEVRON%); width: 12px; height: 12px; }
QCheckBox::indicator, QAbstractItemView::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid palette(dark); border-radius: 3px; background: palette(base); }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    border-color: palette(accent); background: palette(accent); image: url(%TICK%); }
QCheckBox::indicator:indeterminate { border-color: palette(accent); background: qlineargradient(x1:0, y1:0, x2:0, y2:1,
    stop:0 palette(base), stop:0.38 palette(base), stop:0.39 palette(accent), stop:0.61 palette(accent),
    stop:0.62 palette(base), stop:1 palette(base)); }
QAbstractItemView::indicator:selected { border-color: palette(highlighted-text); }
QRadioButton::indicator { border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid palette(accent);
    background: %ON_ACCENT%; }
QCheckBox:focus, QRadioButton:focus { text-decoration: underline; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView { border: 1px solid palette(dark); border-radius: 0; background: palette(base); }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; }
QComboBox QAbstractItemView::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: palette(dark); }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 7px;
    border: 1px solid palette(dark); background: palette(base); }
QSlider::handle:horizontal:hover { border-color: palette(accent); }
QSlider:focus { border: 0; } QSlider::handle:horizontal:focus { border: 2px solid palette(accent); margin: -6px 0; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 12px; } QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: palette(dark); border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 36px; } QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: palette(accent); margin: 2px; border-radius: 4px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTableView, QListView, QTreeView { border: 1px solid palette(mid); border-radius: 6px; background: palette(base);
    gridline-color: transparent; outline: 0; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid palette(accent); }
QHeaderView::section { background: palette(window); border: 0; border-bottom: 1px solid palette(mid);
    padding: 5px 7px; font-weight: 600; }
QTableCornerButton::section { background: palette(window); border: 0; border-bottom: 1px solid palette(mid); }
QHeaderView::section:horizontal { padding: 5px 3px; }
QDockWidget::title { background: palette(window); padding: 6px 8px; font-weight: 600; }
QStatusBar { border-top: 1px solid palette(mid); } QStatusBar::item { border: 0; }
QToolTip { border: 1px solid palette(dark); padding: 4px; background: palette(base); color: palette(text); }
QLabel[role="heading"] { font-weight: 600; font-size: 13pt; }
QPushButton[role="flat"] { padding: 1px 4px; border: 1px solid transparent; background: transparent; font-weight: 600; }
QPushButton[role="flat"]:hover { border-color: palette(mid); }
QPushButton[role="flat"]:focus { border: 2px solid palette(accent); padding: 0 3px; }
QLabel[role="soft"] { color: palette(placeholder-text); }
"""


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for key, colour in (
        (role.Window, theme.window),
        (role.Base, theme.base),
        (role.AlternateBase, theme.raised),
        (role.Text, theme.text),
        (role.WindowText, theme.text),
        (role.ButtonText, theme.text),
        (role.Button, theme.base),
        (role.BrightText, theme.text),
        (role.Highlight, theme.chosen),
        (role.HighlightedText, theme.on_chosen),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.ToolTipBase, theme.base),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.soft_text),
        (role.Mid, theme.line),
        (role.Dark, theme.edge),
        (role.Light, theme.raised),
        (role.Midlight, theme.raised),
        (role.Shadow, theme.line),
    ):
        palette.setColor(key, colour)
    for key in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, theme.off)
    return palette


class Themes(QObject):
    """Holds the theme in force and applies a chosen scheme; emits `changed` after each switch."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme = Scheme.SYSTEM
        self._theme = LIGHT

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self._theme

    @property
    def scheme(self) -> Scheme:
        """What was chosen, which may be *system*."""
        return self._scheme

    def apply(self, scheme: Scheme) -> None:
        """Puts a scheme in force for the whole application."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        self._scheme = scheme
        self._theme = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}.get(scheme) or (
            DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        )
        app.setStyle("Fusion")
        app.setPalette(_palette(self._theme))
        tick = "tick-black" if self._theme.dark else "tick-white"
        drawings = {"%CHEVRON%": "chevron-grey", "%TICK%": tick}
        inks = {f"%{verdict.upper()}%": style.ink.name() for verdict, style in self._theme.verdicts.items()}
        inks["%ON_ACCENT%"] = self._theme.on_accent.name()
        inks["%OFF%"] = self._theme.off.name()
        inks["%OFF_EDGE%"] = (self._theme.off if self._theme is CONTRAST else self._theme.line).name()
        sheet = _QSS
        for mark, name in drawings.items():
            sheet = sheet.replace(mark, path(f"icons/{name}.svg").as_posix())
        for mark, ink in inks.items():
            sheet = sheet.replace(mark, ink)
        app.setStyleSheet(sheet)
        self.changed.emit()


_themes: list[Themes] = []


def themes() -> Themes:
    """The one theme switch of the process (colours are process-wide in Qt as well)."""
    if not _themes:
        _themes.append(Themes())
    return _themes[0]


def current() -> Theme:
    """The colours in force; ask at each paint, they may change."""
    return themes().theme


def reading_font(*, serif: bool = True, points: float = 12.0) -> QFont:
    """The font of article text."""
    font = QFont()
    if serif:
        font.setFamilies(["Noto Serif", "Source Serif 4", "Georgia", "DejaVu Serif", "serif"])
        font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(points)
    return font
