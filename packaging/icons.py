"""Paints the application's mark as PNG in the sizes that desktops ask for.

usage: icons.py HICOLOR_FOLDER NAME
"""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import factdesk_resources

SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def paint(renderer: QSvgRenderer, size: int, out: Path) -> None:
    """One size of the mark."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    out.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(out)):
        raise SystemExit(f"{out} could not be written")


def main() -> None:
    """All sizes and the drawing itself."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    app = QGuiApplication([])
    drawing = factdesk_resources.path("factdesk.svg")
    renderer = QSvgRenderer(str(drawing))
    for size in SIZES:
        paint(renderer, size, folder / f"{size}x{size}" / "apps" / f"{name}.png")
    scalable = folder / "scalable" / "apps" / f"{name}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(drawing.read_bytes())
    app.quit()


if __name__ == "__main__":
    main()
