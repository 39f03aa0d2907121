"""Which characters do these bytes mean: UTF-8, UTF-16, windows-1256 or ISO-8859-6, decided by whether Arabic comes out.

Byte order marks and valid UTF-8 prove themselves. Between the two single-byte code pages a general detector is a coin toss on a
headline, so charset-normalizer proposes and the letter pairs of Arabic decide.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log

from charset_normalizer import from_bytes

from pipeline.lexicon.reader import rows
from pipeline.restore.language_model import Lexicon

MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
SINGLE_BYTE = {"windows-1256": "cp1256", "iso-8859-6": "iso8859_6"}
SAMPLE = 64 * 1024
# Marks of formats that are not text but are dropped among texts all the same.
SIGNATURES = (
    (b"%PDF-", "a PDF: name it .pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document: unpack it or save it as text"),
    (b"\x1f\x8b", "gzip data: unpack it, or name it .jsonl.gz if it holds records"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data: unpack it, or name it .jsonl.zst if it holds records"),
    (b"PAR1", "a Parquet file: name it .parquet"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as text"),
    (b"\x89PNG", "a PNG picture: it needs OCR"),
    (b"\xff\xd8\xff", "a JPEG picture: it needs OCR"),
    (b"GIF8", "a GIF picture: it needs OCR"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"BZh", "bzip2 data: unpack it"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"\xfd7zXZ", "xz data: unpack it"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1a\x1b")
_RUN = re.compile("[\u0621-\u063a\u0641-\u0652A-Za-z\u00c0-\u024f]+")
_MARKS = re.compile("[\u064b-\u0652]+")
_MISPLACED_TANWIN = re.compile("[\u064b-\u064d](?=[\u0621-\u0626\u0628-\u064a])|(?<![\u0621-\u0652])[\u064b-\u0652]")
_ARABIC = re.compile("[\u0621-\u064a]")
# Mean log-probability of a letter pair: running Arabic lies near -5.5, Cyrillic or Greek bytes read as Arabic below -9.
PLAUSIBLE = -8.0
_UNSEEN = -14.0
_LEXICON_WORDS = 10_000_000
_WORDS_WEIGHED = 500
_WAW = -2.5  # a word in ten or so of running text begins with the conjunction
# Where a word or two reads well both ways: windows-1256 is the commoner page by a factor of some ten to a hundred.
_PRIOR = {"windows-1256": 0.0, "iso-8859-6": -3.0}


class BinaryBytes(ValueError):  # noqa: N818
    """The bytes are not text; the message says what they are and what to do."""


class Undecodable(ValueError):  # noqa: N818
    """The bytes are text in no encoding that is read here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its byte order mark, and the encoding it came in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of `data`, nothing normalised.

    Bad bytes in text that is otherwise UTF-8 become U+FFFD each, and the encoding says how many. Raises BinaryBytes or Undecodable.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _with_replacements(data[len(mark) :], encoding)
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise BinaryBytes(f"the file is {what}")
    if (wide := _wide_without_mark(data)) is not None:
        return wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)
    if _controls(data) > max(1, len(data) // 10):
        raise BinaryBytes("the file is not text: more than a tenth of it are control characters")
    return Decoded(text, "utf-8")


def storable(text: str) -> str:
    """`text` with lone surrogates, which no UTF-8 can hold, as U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def plausibility(text: str) -> float:
    """Mean log-probability of the letter pairs of `text` under Arabic, to be held against PLAUSIBLE."""
    total, count = _pair_score(text)
    return total / count if count else _UNSEEN


def _pair_score(text: str) -> tuple[float, int]:
    """Summed log-probability and number of letter pairs in the words that are not plain Latin.

    A Latin letter inside such a word, and a tanwin before another letter than alef, count as unseen pairs.
    """
    pairs = _pair_logs()
    total, count = 0.0, 0
    for run in _RUN.findall(text):
        if run.isascii():
            continue
        total += _UNSEEN * len(_MISPLACED_TANWIN.findall(run))
        framed = f"_{_MARKS.sub('', run)}_"
        total += sum(pairs.get(framed[i : i + 2], _UNSEEN) for i in range(len(framed) - 1))
        count += len(framed) - 1
    return total, count


def _word_score(text: str) -> float:
    """Log-probability of the text, known words by their frequency and the others by their letter pairs."""
    known = Lexicon.load()
    total = 0.0
    words = (run for run in _RUN.findall(text) if not run.isascii())
    for run in islice(words, _WORDS_WEIGHED):
        count = known.count(run)
        waw = 0.0
        if not count and run.startswith("و"):
            count, waw = known.count(run[1:]), _WAW
        total += log(count / _LEXICON_WORDS) + waw if count else _pair_score(run)[0]
    return total


def _not_utf8(data: bytes) -> Decoded:
    if data.count(0) or _controls(data) > max(1, len(data) // 20):
        raise BinaryBytes("the file is not text: it has NUL or control bytes and is no UTF-8")
    repaired = _mostly_utf8(data)
    if repaired is not None:
        return repaired
    best = _best_single_byte(data)
    if best is None:
        raise Undecodable("the bytes are no UTF-8, UTF-16, windows-1256 or ISO-8859-6 Arabic; save the text as UTF-8")
    return best


def _mostly_utf8(data: bytes) -> Decoded | None:
    """A UTF-8 text cut in a character or with a few bad bytes: single-byte Arabic hardly ever holds valid sequences."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    if good < 4 * bad:
        return None
    return Decoded(text, f"utf-8 ({bad} bad)")


def _with_replacements(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    if bad * 4 > len(text):
        raise Undecodable(f"the byte order mark says {encoding}, but a quarter of the text is not; save it as UTF-8")
    return Decoded(text, f"{encoding} ({bad} bad)")


def _wide_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte is a high byte, and those are nearly all 00, 06, FB, FE or E0 (private glyphs)."""
    sample = data[: SAMPLE & ~1]
    if len(data) < 4 or len(data) % 2:
        return None
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[first::2]
        low = sample[1 - first :: 2]
        known = sum(high.count(b) for b in b"\x00\x06\x20\xe0\xfb\xfe")
        if known < 0.95 * len(high) or not high.count(0) + high.count(6) > 0.8 * len(high) or low.count(0) > 0.1 * len(low):
            continue
        if high.count(6) == 0 or (high.count(0) == 0 and low.count(0x20) > high.count(6) // 2):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if plausibility(text[:SAMPLE]) > PLAUSIBLE:
            return Decoded(text, encoding)
    return None


def _best_single_byte(data: bytes) -> Decoded | None:
    sample = data[:SAMPLE]
    scored = []
    for name in _proposed(sample):
        try:
            text = data.decode(SINGLE_BYTE[name])
        except UnicodeDecodeError:
            continue
        scored.append((_word_score(text[:SAMPLE]) + _PRIOR[name], name == "windows-1256", Decoded(text, name)))
    if not scored:
        return None
    best = max(scored, key=lambda entry: entry[:2])[2]
    if plausibility(best.text[:SAMPLE]) > PLAUSIBLE or not _ARABIC.search(best.text):
        return best
    return None


def _proposed(sample: bytes) -> list[str]:
    """The code pages the detector holds possible; both when the sample is too short for it to say."""
    matches = from_bytes(sample, cp_isolation=list(SINGLE_BYTE.values()), threshold=0.9, enable_fallback=False)
    found = [name for name, codec in SINGLE_BYTE.items() if any(m.encoding == codec for m in matches)]
    return found if len(found) == 2 or len(sample) > 2048 else list(SINGLE_BYTE)


def _controls(data: bytes) -> int:
    sample = data[:SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS))


@cache
def _pair_logs() -> dict[str, float]:
    counts = {row["pair"]: int(row["count"]) for row in rows("letter_pairs")}
    total = sum(counts.values())
    return {pair: log(count / total) for pair, count in counts.items()}
