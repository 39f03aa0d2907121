"""`python3 qt_text.py PAGE.json`: sets an article as Qt's rich text; runs by itself, on a Python that has PyQt5."""

import html
import json
import sys
from pathlib import Path

from PyQt5.QtCore import QSizeF, Qt
from PyQt5.QtGui import QFont, QFontDatabase, QGuiApplication, QPageSize, QPdfWriter, QTextDocument, QTextOption


def main() -> None:
    """Print the page that the file tells."""
    page = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    application = QGuiApplication(sys.argv)
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(page["font"]))[0]
    writer = QPdfWriter(page["pdf"])
    writer.setPageSize(QPageSize(QSizeF(page["page_width"], page["height"]), QPageSize.Point))
    document = QTextDocument()
    option = QTextOption()
    option.setTextDirection(Qt.RightToLeft)
    document.setDefaultTextOption(option)
    font = QFont(family)
    font.setPointSizeF(page["size"])
    document.setDefaultFont(font)
    document.setDocumentMargin((page["page_width"] - page["width"]) / 2)
    document.setPageSize(QSizeF(page["page_width"], page["height"]))
    style = f"h2, p, td, th, li, blockquote {{ text-align: {page['align']} }} .foreign {{ text-align: left }}"
    document.setHtml(f'<html dir="rtl"><style>{style}</style><body dir="rtl"><h2>{html.escape(page["title"])}</h2>{page["body"]}</body></html>')
    document.print_(writer)
    del application


if __name__ == "__main__":
    main()
