"""HTML: block structure becomes lines; scripts and styles go; the head gives title, outlet, date, language and address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from pipeline.ingest import metadata
from pipeline.ingest.encodings import PLAUSIBLE, decode, plausibility, storable
from pipeline.ingest.found import Found, Metadata, Refusal
from pipeline.ingest.readers.whole import text_of, whole_file

DROPPED = frozenset({"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "button", "select", "textarea"})
PARAGRAPHS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "main", "nav", "ol", "p", "pre", "section",
        "summary", "table", "ul",
    }
)  # fmt: skip
LINES = frozenset({"li", "tr", "option"})
# Where sites put what we look for, best first; Open Graph, Dublin Core, schema.org and plain names.
HEAD = {
    "title": ("og:title", "dc.title", "twitter:title"),
    "publisher": ("og:site_name", "dc.publisher", "publisher", "application-name"),
    "published_at": ("article:published_time", "datepublished", "dc.date", "dc.date.issued", "publish-date", "pubdate", "date"),
    "url": ("og:url",),
}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MIDDLE, _BREAK, _GAP = 0, 1, 2


@whole_file
def read(data: bytes) -> Iterator[Found]:
    """The text of the page, a line a row or list item and a blank line between blocks, with the metadata of its head."""
    source, encoding = _decoded(data)
    page = _parse(source)
    if page is None:
        yield Refusal("empty", "the page has no content; check how it was saved", data, len(data))
        return
    found, faults = _head(page)
    yield text_of(data, _text(page), encoding, found)
    for fault in faults:
        detail = f"{fault}; the text was taken in without it"
        yield Refusal("malformed_metadata", detail, fault.encode(), len(fault.encode()), part="metadata")


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8 proves itself; else the declared charset counts if Arabic comes out, else the bytes decide."""
    declared = _CHARSET.search(data[:4096])
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    if declared:
        name = declared.group(1).decode("ascii").lower()
        try:
            text = data.decode(name)
        except (LookupError, UnicodeDecodeError):
            text = ""
        if plausibility(text) > PLAUSIBLE:
            return text, name
    found = decode(data)
    return found.text, found.encoding


def _parse(source: str) -> Any:
    """The root element; NUL, which ends libxml2's reading, becomes U+FFFD as HTML prescribes."""
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    text = _DECLARATION.sub("", storable(source)).replace("\0", "\ufffd")
    try:
        return lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _text(page: Any) -> str:
    lines = _Lines()
    for action, element in etree.iterwalk(page, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if action == "start":
            lines.open(element, tag)
        else:
            lines.close(element, tag)
    return lines.text()


class _Lines:
    """Gathers the text of a page; inside dropped elements nothing counts but what follows them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pending = _MIDDLE
        self.dropped = 0
        self.kept = 0

    def open(self, element: Any, tag: str) -> None:
        if tag in DROPPED:
            self.dropped += 1
        if self.dropped:
            return
        self._mark(tag)
        if tag == "pre":
            self.kept += 1
        if tag in ("td", "th") and self.parts and self.pending == _MIDDLE:
            self.parts.append("\t")
        self._add(element.text)

    def close(self, element: Any, tag: str) -> None:
        if tag in DROPPED:
            self.dropped -= 1
        if self.dropped:
            return
        if tag not in DROPPED:
            self._mark(tag)
            if tag == "pre":
                self.kept -= 1
        self._add(element.tail)

    def _mark(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self.pending = _GAP
        elif tag in LINES or tag == "br":
            self.pending = max(self.pending, _BREAK)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        folded = text if self.kept else _SPACES.sub(" ", text)
        if self.pending != _MIDDLE or not self.parts:
            folded = folded if self.kept else folded.lstrip(" ")
            if not folded.strip():
                return
            if self.parts:
                self.parts[-1] = self.parts[-1].rstrip(" ")
                self.parts.append("\n" * self.pending)
            self.pending = _MIDDLE
        elif folded.startswith(" ") and self.parts[-1].endswith((" ", "\t")):
            folded = folded[1:]
        if folded:
            self.parts.append(folded)

    def text(self) -> str:
        return "".join(self.parts).strip()


def _head(page: Any) -> tuple[Metadata, list[str]]:
    named: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            named.setdefault(name.strip().lower(), meta.get("content"))
    values: dict[str, Any] = {field: next((named[n] for n in names if n in named), None) for field, names in HEAD.items()}
    if not values["title"]:
        values["title"] = " ".join((page.findtext(".//title") or "").split())
    canonical = page.xpath("string(//link[@rel='canonical']/@href)")
    values["url"] = canonical or values["url"]
    values["language"] = page.get("lang")
    if not values["published_at"]:
        values["published_at"] = page.xpath("string(//time/@datetime)")
    return metadata.parse(values)
