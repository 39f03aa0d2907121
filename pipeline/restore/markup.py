"""What web pages and JSON leave in text: `&laquo;`, `&#1571;`, `\\u0623`, `<br/>`.

Files that are HTML or JSON as a whole are read by ingest; this is for text that was copied or scraped with its code.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pipeline.restore.characters import LOST
from pipeline.restore.profile import Profile
from pipeline.restore.rewriting import chain, rewrite
from pipeline.restore.traced import Edit, Outcome, Traced
from pipeline.restore.traces import Trace

# Twice escaped references (`&amp;laquo;`) are read through.
_REFERENCE = re.compile("&(?:amp;)*((?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});)")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrt\"/]))")
_ARABIC_ESCAPE = re.compile(r"\\u0[67][0-9a-fA-F]{2}")
_PLAIN_ESCAPES = {"n": "\n", "r": "\n", "t": " ", '"': '"', "/": "/"}
_FEWEST_ESCAPES = 3
_TAG = re.compile("</?([a-zA-Z][a-zA-Z0-9]{0,9})(?:\\s[^<>\n]{0,400})?/?>")
_BLOCK = re.compile("p|div|h[1-6]|li|ul|ol|table|tr|blockquote|section|article|header|footer")
_INLINE = re.compile("a|b|i|u|em|strong|span|font|small|big|sup|sub|img|td|th|tbody|thead|center|s|q|cite")
TRACES: tuple[Trace, ...] = (("[&<\\\\]", "[#/A-Za-z]"),)


def read_markup(traced: Traced, _profile: Profile | None = None) -> Outcome:
    """Read character references and escapes, and take out tags: a block's tag ends a paragraph, `<br>` a line."""
    text = traced.text
    done = Outcome(traced)
    if "&" in text and ";" in text:
        done = chain(done, rewrite(done.traced, "markup", list(_references(text)), "character reference of HTML", 0.99))
    if "\\u" in text and len(_ARABIC_ESCAPE.findall(text)) >= _FEWEST_ESCAPES:
        done = chain(done, rewrite(done.traced, "markup", list(_escapes(done.traced.text)), "escaped character of JSON", 0.99))
    if "<" in text or "<" in done.traced.text:
        done = chain(done, rewrite(done.traced, "markup", list(_tags(done.traced.text)), "tag of HTML, no text", 0.97))
    return done


def _references(text: str) -> Iterator[Edit]:
    for match in _REFERENCE.finditer(text):
        meant = html.unescape(f"&{match[1]}")
        if len(meant) <= 2 and LOST not in meant:
            yield Edit(*match.span(), meant)


def _escapes(text: str) -> Iterator[Edit]:
    for match in _ESCAPE.finditer(text):
        code, plain = match.groups()
        meant = chr(int(code, 16)) if code else _PLAIN_ESCAPES[plain]
        if not "\ud800" <= meant <= "\udfff" and meant != "\0":
            yield Edit(*match.span(), meant)


def _tags(text: str) -> Iterator[Edit]:
    for match in _TAG.finditer(text):
        name = match[1].lower()
        if name == "br":
            yield Edit(*match.span(), "\n")
        elif _BLOCK.fullmatch(name):
            yield Edit(*match.span(), "\n\n")
        elif _INLINE.fullmatch(name):
            yield Edit(*match.span(), "")
