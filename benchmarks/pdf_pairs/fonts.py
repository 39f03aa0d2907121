"""Fonts to set articles in: those of the machine, and copies with the kerns and digit glyphs that damage text in real documents."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

STOCK = (
    "Amiri", "Noto Naskh Arabic", "Scheherazade", "Lateef", "KacstBook", "KacstNaskh", "DejaVu Sans", "Noto Sans Arabic",
    "Noto Kufi Arabic", "Harmattan", "FreeSerif", "Cairo", "Tajawal", "Almarai", "IBM Plex Sans Arabic", "Vazirmatn", "Markazi Text", "Changa",
    "Readex Pro", "Rubik", "Mada", "El Messiri",
)  # fmt: skip

WEB_FONTS = ("Cairo", "Tajawal", "Almarai")


@dataclass(frozen=True, slots=True)
class Font:
    """A font file; `digit_map` gives the private glyph codes of a copy that codes its digits so, `latin` the other half of a web font."""

    name: str
    family: str
    path: Path
    digit_map: dict[str, str] = field(default_factory=dict, hash=False)
    latin: Path | None = None


@dataclass(frozen=True, slots=True)
class Alteration:
    """What makes a copy like a damaging font: pairs with a kern as wide as a small space, codes of its ten digit glyphs."""

    name: str
    source: str
    befores: str
    afters: str
    kern: float  # share of the em
    codes: Sequence[int] = ()


ALTERATIONS = (
    Alteration("kernednaskh", "Noto Naskh Arabic", "رز", "يك", 0.16),
    Alteration("kernedlateef", "Lateef", "رزود", "يىنك", 0.15),
    Alteration("privatenaskh", "Noto Naskh Arabic", "رزو", "ي", 0.18, (*range(0xE011, 0xE015), *range(0xE017, 0xE01D))),
    Alteration("privatescheherazade", "Scheherazade", "رزذ", "يبك", 0.15, (*range(0xE0A3, 0xE0AA), *range(0xE0B0, 0xE0B3))),
)


def fonts(folder: Path) -> dict[str, Font]:
    """Stock fonts that are installed and altered copies, which are written to `folder`; by name without spaces."""
    found: dict[str, Font] = {}
    for family in STOCK:
        path = _installed(family)
        if path:
            name = family.replace(" ", "").lower().replace("arabic", "")
            found[name] = Font(name, family, path)
    if find_spec("fontTools") and find_spec("uharfbuzz"):
        for alteration in ALTERATIONS:
            path = _installed(alteration.source)
            if path:
                found[alteration.name] = _altered(alteration, path, folder)
    return found | _web_fonts()


def _web_fonts() -> dict[str, Font]:
    """Fonts as web sites serve them, Arabic and Latin in a file each; the environment names the folder of their @fontsource packages."""
    found = {}
    for family in WEB_FONTS if os.environ.get("WEBFONTS") else ():
        name = family.lower().replace(" ", "-")
        arabic, latin = (Path(os.environ["WEBFONTS"], name, "files", f"{name}-{script}-400-normal.woff2") for script in ("arabic", "latin"))
        if arabic.is_file():
            found[f"web{family.lower()}"] = Font(f"web{family.lower()}", f"Web {family}", arabic, latin=latin)
    return found


def _installed(family: str) -> Path | None:
    if not shutil.which("fc-match"):
        return None
    listed = subprocess.run(["fc-match", "-f", "%{family}\t%{file}", f"{family}:style=Regular"], check=True, capture_output=True, text=True).stdout
    names, _, path = listed.partition("\t")
    return Path(path) if family in names.split(",") else None


def _altered(alteration: Alteration, source: Path, folder: Path) -> Font:
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = alteration.name
    widen_kerns(font, source, alteration)
    digit_map = code_digits(font, alteration.codes) if alteration.codes else {}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{alteration.name}.ttf"
    font.save(path)
    return Font(alteration.name, alteration.name, path, digit_map)


def widen_kerns(font: TTFont, source: Path, alteration: Alteration) -> None:
    """Put a kern between each glyph of `befores` and each of `afters`; a right-to-left kern moves and widens its first glyph."""
    from fontTools.otlLib.builder import PairPosBuilder, ValueRecord

    width = round(alteration.kern * font["head"].unitsPerEm)
    value = ValueRecord()
    value.XPlacement = value.XAdvance = width
    builder = PairPosBuilder(font, None)
    first = {g for a in alteration.befores for g in _forms(font, source, a, joins_next=False)}
    second = {g for b in alteration.afters for g in _forms(font, source, b, joins_next=True)}
    for a, b in product(sorted(first), sorted(second)):
        builder.addGlyphPair(None, a, value, b, None)
    _add_feature(font, "GPOS", "kern", [builder.build()])


def _forms(font: TTFont, source: Path, letter: str, *, joins_next: bool) -> set[str]:
    """The glyphs of a letter behind a letter that joins or not, or (`joins_next`) before one."""
    import uharfbuzz as hb

    face = hb.Font(hb.Face(hb.Blob.from_file_path(str(source))))
    before, after = ("", "ب", "م", "س", "د"), ("", "ب", "د", "م", "ن", "ر")
    words = [(letter + n, 0) for n in after] if joins_next else [(p + letter, len(p)) for p in before]
    found = set()
    for word, place in words:
        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        hb.shape(face, buffer)
        found |= {font.getGlyphName(info.codepoint) for info in buffer.glyph_infos if info.cluster == place}
    return found


def code_digits(font: TTFont, codes: Sequence[int]) -> dict[str, str]:
    """Let the font draw digits with variants that have private codes; gives code to digit."""
    from copy import deepcopy

    from fontTools.otlLib.builder import SingleSubstBuilder

    cmap = font.getBestCmap()
    builder = SingleSubstBuilder(font, None)
    order = font.getGlyphOrder()
    for digit, code in zip("0123456789", codes, strict=True):
        plain, variant = cmap[ord(digit)], f"variant{digit}"
        order.append(variant)
        font["glyf"][variant] = deepcopy(font["glyf"][plain])
        font["hmtx"][variant] = font["hmtx"][plain]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = variant
        builder.mapping[plain] = variant
    font.setGlyphOrder(order)
    _add_feature(font, "GSUB", "ccmp", [builder.build()])
    return {chr(code): digit for digit, code in zip("0123456789", codes, strict=True)}


def _add_feature(font: TTFont, table: str, tag: str, lookups: list[Any]) -> None:
    """Append lookups and let every script and language use them under a feature's tag; shapers look at its first record only."""
    from fontTools.ttLib.tables import otTables

    layout = font[table].table
    places = list(range(len(layout.LookupList.Lookup), len(layout.LookupList.Lookup) + len(lookups)))
    layout.LookupList.Lookup += lookups
    records = layout.FeatureList.FeatureRecord
    fresh = otTables.FeatureRecord()
    fresh.FeatureTag, fresh.Feature = tag, otTables.Feature()
    fresh.Feature.FeatureParams, fresh.Feature.LookupListIndex = None, places
    served = set()
    for script in layout.ScriptList.ScriptRecord:
        for system in [script.Script.DefaultLangSys, *(r.LangSys for r in script.Script.LangSysRecord)]:
            if system is None:
                continue
            known = [i for i in system.FeatureIndex if records[i].FeatureTag == tag]
            if not known:
                system.FeatureIndex.append(len(records))
            elif known[0] not in served:
                served.add(known[0])
                records[known[0]].Feature.LookupListIndex += places
    records.append(fresh)
