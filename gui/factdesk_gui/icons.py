"""Our own icons: one-colour SVG drawings, tinted by the palette in force."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from factdesk_resources import path

_SIZES = (16, 20, 24)  # device-independent pixels: menus, toolbars and larger buttons
_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
_cache: dict[tuple[str, int, int, int, int], QIcon] = {}


def icon(name: str, colour: QColor | None = None, *, for_checked: bool = False) -> QIcon:
    """The icon of that name in the text colour (or the given one); empty when there is no such drawing.

    Ask again after a change of theme: an icon keeps the colours it was made with.

    Args:
        name: of the drawing.
        colour: its ink, if not that of text.
        for_checked: also for a button that is filled with the accent colour while it is checked.
    """
    palette = QGuiApplication.palette()
    ink = colour or palette.color(QPalette.ColorRole.ButtonText)
    marked = palette.color(QPalette.ColorRole.HighlightedText)
    on = marked if for_checked else ink
    dimmed = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    key = (name, ink.rgba(), on.rgba(), marked.rgba(), dimmed.rgba())
    if key not in _cache:
        _cache[key] = _draw(name, ink, on, marked, dimmed)
    return _cache[key]


def app_icon() -> QIcon:
    """Factdesk's own mark, in its colours."""
    made = QIcon()
    renderer = QSvgRenderer(str(path("factdesk.svg")))
    for size in _APP_SIZES:
        picture = _blank(size)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(picture)
    return made


def exists(name: str) -> bool:
    """Whether there is a drawing of that name."""
    return path(f"icons/{name}.svg").is_file()


def pixmap(name: str, size: int, colour: QColor) -> QPixmap:
    """One drawing in one colour, sharp on this screen; `size` is in device-independent pixels."""
    ratio = _ratio()
    renderer = QSvgRenderer(str(path(f"icons/{name}.svg")))
    picture = _tint(_render(renderer, round(size * ratio)), colour)
    picture.setDevicePixelRatio(ratio)
    return picture


def _draw(name: str, ink: QColor, on: QColor, marked: QColor, dimmed: QColor) -> QIcon:
    made = QIcon()
    if not exists(name):
        return made
    renderer = QSvgRenderer(str(path(f"icons/{name}.svg")))
    faint = QColor(dimmed)
    faint.setAlphaF(0.55)
    ratio = _ratio()
    for size in _SIZES:
        shape = _render(renderer, round(size * ratio))  # once: drawing costs far more than tinting
        made.addPixmap(_tint(shape, ink), QIcon.Mode.Normal, QIcon.State.Off)
        if on != ink:
            made.addPixmap(_tint(shape, on), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(_tint(shape, marked), QIcon.Mode.Selected, QIcon.State.Off)
        made.addPixmap(_tint(shape, faint), QIcon.Mode.Disabled, QIcon.State.Off)
    return made


def _render(renderer: QSvgRenderer, size: int) -> QPixmap:
    picture = _blank(size)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _tint(shape: QPixmap, colour: QColor) -> QPixmap:
    picture = shape.copy()
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), colour)
    painter.end()
    return picture


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _blank(size: int) -> QPixmap:
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    return picture
