"""Solves a cipher with a sign for each letter and form, from the words of the lexicon.

Expectation maximization over the letters of each sign: each word shares itself out among the words of the lexicon that have
its known letters, by their counts and by what its signs are held for; from all words together each sign is held for other
letters anew (Knight, Nair, Rathod and Yamada, Unsupervised analysis for decipherment problems, 2006). Signs that stand at the
same places in words are forms of different letters, and compete for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.characters import HAMZAS, JOINING, fold_alef
from pipeline.restore.language_model import Lexicon

Shares = NDArray[np.float64]
Places = NDArray[np.int64]
Reading = dict[str, tuple[str, float]]
"""The letters that each sign is held for, and their share."""

_LAM_ALEF = "\u0001"  # one glyph in most fonts, so one sign
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءؤئ" + _LAM_ALEF
_PLACE = {letter: i for i, letter in enumerate(_LETTERS)} | dict.fromkeys(HAMZAS, 0)
_LEAST_COUNT, _LONGEST = 8, 10  # of the lexicon's words that are thought of
_ROUNDS, _WIDE_ROUNDS, _PEACEFUL_ROUNDS, _NEGLIGIBLE = 20, 3, 5, 1e-5
_UNKNOWN_WORD = -25.0  # log weight of a word that the lexicon lacks, beside the log counts of those it has
_SMOOTHING, _LEAST = 0.02, 1e-6


class _Known(NamedTuple):
    """The lexicon's words of one length: the places of their letters (a row for each place in the word) and the logs of their counts."""

    letters: NDArray[np.uint8]
    logs: Shares


class _Word(NamedTuple):
    """A coded word: its signs, how much it counts, and the words that it may be: their letters (a row for each sign), logs of their counts."""

    signs: list[int]
    weight: float
    letters: NDArray[np.uint8]
    logs: Shares


def solve(words: Mapping[tuple[str, ...], int], is_sign: Callable[[str], bool]) -> Reading:
    """What each sign of a text's words (units and occurrences) stands for; signs in no word that could be known are missing."""
    signs = sorted({unit for word in words for unit in word if is_sign(unit)})
    number = {sign: i for i, sign in enumerate(signs)}
    coded = [_word(word, n, number) for word, n in sorted(words.items()) if len(word) in _lexicon()]
    coded = [word for word in coded if len(word.logs)]
    held = np.full((len(signs), len(_LETTERS)), 1 / len(_LETTERS))
    for turn in range(_WIDE_ROUNDS + 1):
        counts, shares = _shared_out(coded, held)
        if turn == _WIDE_ROUNDS:
            coded = [_pruned(word, share > _NEGLIGIBLE) for word, share in zip(coded, shares, strict=True)]
        held = _held(counts, ())
    coded = [word for word in coded if len(word.logs)]
    held = _settled(coded, held, _rivals(words, number))
    told = {sign for word in coded for sign in word.signs}
    return {signs[i]: (_LETTERS[held[i].argmax()].replace(_LAM_ALEF, "لا"), float(held[i].max())) for i in sorted(told)}


def _word(word: Sequence[str], occurrences: int, number: Mapping[str, int]) -> _Word:
    """The word with those of its length that have its letters."""
    known = _lexicon()[len(word)]
    fits = np.ones(len(known.logs), dtype=bool)
    for i, unit in enumerate(word):
        if unit not in number:
            fits &= known.letters[i] == _PLACE.get(unit, len(_LETTERS))
    rows = [i for i, unit in enumerate(word) if unit in number]
    # A word that comes often proves little more than one that comes once.
    return _Word([number[word[i]] for i in rows], occurrences**0.5, known.letters[rows][:, fits], known.logs[fits])


def _pruned(word: _Word, likely: NDArray[np.bool_]) -> _Word:
    return word._replace(letters=word.letters[:, likely], logs=word.logs[likely])


def _shared_out(coded: Sequence[_Word], held: Shares) -> tuple[Shares, list[Shares]]:
    """Each word shared out among the many words that it may be, one by one: how often each sign is which letter, and the shares."""
    counts, logs = np.full(held.shape, _SMOOTHING), np.log(held + _LEAST)
    shares = []
    for word in coded:
        likely = word.logs + sum(logs[sign][row] for sign, row in zip(word.signs, word.letters, strict=True))
        top = max(float(likely.max()), _UNKNOWN_WORD)
        weights = np.exp(likely - top)
        share = weights / (weights.sum() + np.exp(_UNKNOWN_WORD - top))
        shares.append(share)
        for sign, row in zip(word.signs, word.letters, strict=True):
            counts[sign] += word.weight * np.bincount(row, share, len(_LETTERS))
    return counts, shares


class _Group(NamedTuple):
    """Coded words with as many signs, after one another: the cells of the table of signs and letters that their words use, a row for each sign."""

    cells: Places
    logs: Shares
    weights: Shares
    sizes: list[int]
    starts: Places

    @classmethod
    def of(cls, coded: Sequence[_Word]) -> _Group:
        """The words, with how much each of the words counts that they may be."""
        sizes = [len(word.logs) for word in coded]
        cells = np.hstack([np.array(word.signs, dtype=np.int64)[:, None] * len(_LETTERS) + word.letters.astype(np.int64) for word in coded])
        logs, weights = np.concatenate([word.logs for word in coded]), np.repeat([word.weight for word in coded], sizes)
        return cls(cells, logs, weights, sizes, np.cumsum([0, *sizes[:-1]]))


def _settled(coded: Sequence[_Word], held: Shares, rivals: Sequence[list[int]]) -> Shares:
    """What each sign is held for in the end; many words at once, since few are left that each may be."""
    by_length: dict[int, list[_Word]] = defaultdict(list)
    for word in coded:
        by_length[len(word.signs)].append(word)
    groups = [_Group.of(words) for words in by_length.values()]
    for turn in range(_WIDE_ROUNDS + 1, _ROUNDS):
        counts, logs = np.full(held.size, _SMOOTHING), np.log(held + _LEAST).ravel()
        for group in groups:
            likely = group.logs + sum(logs.take(row) for row in group.cells)
            top = np.maximum(np.maximum.reduceat(likely, group.starts), _UNKNOWN_WORD)
            weights = np.exp(likely - np.repeat(top, group.sizes))
            weights /= np.repeat(np.add.reduceat(weights, group.starts) + np.exp(_UNKNOWN_WORD - top), group.sizes)
            weights *= group.weights
            for row in group.cells:
                counts += np.bincount(row, weights, held.size)
        held = _held(counts.reshape(held.shape), rivals if turn >= _PEACEFUL_ROUNDS else ())
    return held


def _held(counts: Shares, rivals: Sequence[list[int]]) -> Shares:
    """What each sign is held for; of rivals that are held for one letter the likelier gains."""
    held = counts / counts.sum(axis=1, keepdims=True)
    for rows in rivals:
        held[rows] *= counts[rows] / counts[rows].sum(axis=0, keepdims=True) + _LEAST**0.5
    return np.asarray(held / held.sum(axis=1, keepdims=True))


def _rivals(words: Mapping[tuple[str, ...], int], number: Mapping[str, int]) -> list[list[int]]:
    """Signs of one form: those that mostly end words or not, and that ever begin a piece (a word, or behind a letter that joins nothing) or not."""
    last: dict[int, int] = defaultdict(int)
    first: set[int] = set()
    for word, n in words.items():
        for i, unit in enumerate(word):
            if unit in number:
                last[number[unit]] += n if i == len(word) - 1 else -n
                if not i or (word[i - 1] not in number and word[i - 1] not in JOINING):
                    first.add(number[unit])
    forms: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for sign, balance in sorted(last.items()):
        forms[balance > 0, sign in first].append(sign)
    return list(forms.values())


@cache
def _lexicon() -> dict[int, _Known]:
    """The lexicon's commoner words by length, lam-alef as one letter and as two."""
    counts: dict[str, int] = defaultdict(int)
    for word, count in Lexicon.load().items():
        if count >= _LEAST_COUNT and len(word) <= _LONGEST:
            plain = fold_alef(word)
            for form in {plain, plain.replace("لا", _LAM_ALEF)}:
                counts[form] += count
    rows: dict[int, list[str]] = defaultdict(list)
    for word in counts:
        if _PLACE.keys() >= set(word):
            rows[len(word)].append(word)
    return {
        n: _Known(np.array([[_PLACE[c] for c in w] for w in ws], dtype=np.uint8).T.copy(), np.log([counts[w] for w in ws])) for n, ws in rows.items()
    }
