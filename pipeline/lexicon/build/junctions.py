"""Trains the scorer of junctions: given a line turned round like a wheel, find where it began.

A line that was cut once is a wheel of words: all places between its words are candidates for its beginning, one of them
true. The scorer learns from random lines of the corpora which place best continues the text before the line and leaves
an end that the text after it best continues; its first lessons stand in stretches.py, in the last ones names stand for
each other (stand_ins.py). Needs torch, which run time does not.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.lexicon.build.encoded import Encoded
from pipeline.lexicon.build.printed_lines import printed_lines
from pipeline.lexicon.build.stand_ins import StandIns
from pipeline.lexicon.build.stretches import Draws, Scorer, learn_stretches
from pipeline.restore.characters import fold_alef
from pipeline.restore.junctions import AFFIX, COMMON_SCALE, CORPUS_WORDS, PAIR_FEATURES, REACH
from pipeline.restore.word_pairs import WordPairs, codes

if TYPE_CHECKING:
    import torch

WORDS, AFFIXES, WIDTH = 32_000, 8_000, 64
HIDDEN, AGREEMENT, LAST = 96, 32, 32
SEEDS = (0, 1)
# Steps of a stored number of a vector on either side of 0.
LEVELS = 31
BATCH, WARM_UP, REPRINT, SAID_EVERY = 512, 100, 500, 250
# Lines at the edges of paragraphs are easily told: only this share of them is shown.
AT_EDGES = 0.4
SHORTEST, LONGEST = 5, 30
NEWS_TIMES, CONFLICT_TIMES = 2, 3
CONFLICT_SHARE = 0.02
"""A document with this share of conflict words is about conflict and sampled more often."""

Array = NDArray[Any]
State = dict[str, Array]


class Course(NamedTuple):
    """Lessons: steps, rate of learning, share of words and of vectors' numbers that are hidden, share of names that others stand for."""

    steps: int
    rate: float
    hidden: float
    stand_ins: float


AS_WRITTEN, WITH_STAND_INS = Course(4_500, 1.5e-3, 0.05, 0.0), Course(3_000, 1e-3, 0.1, 0.4)


class Vocabulary(NamedTuple):
    """Units and affixes that get vectors of their own; `ids` gives for each unit number its word, prefix and suffix row."""

    words: list[str]
    prefixes: list[str]
    suffixes: list[str]
    common: Array
    ids: Array


def vocabulary(corpus: Encoded) -> Vocabulary:
    """The commonest units and affixes, news counted thrice; row 0 is the unknown, a last number stands for beyond the edge."""
    seen = np.bincount(corpus.row, minlength=len(corpus.names)).astype(float)
    weighed = seen + NEWS_TIMES * np.bincount(corpus.row[corpus.news], minlength=len(corpus.names))
    best = np.argsort(-weighed, kind="stable")[: WORDS - 1]
    word_rows = np.zeros(len(corpus.names) + 1, np.int64)
    word_rows[best] = np.arange(1, len(best) + 1)
    word_rows[-1] = len(best) + 1
    prefixes, prefix_rows = _affixes([fold_alef(name)[:AFFIX] for name in corpus.names], weighed)
    suffixes, suffix_rows = _affixes([fold_alef(name)[-AFFIX:] for name in corpus.names], weighed)
    common = np.full(len(corpus.names) + 1, math.log(4))
    common[best] = np.round(np.log(seen[best] + 1) * COMMON_SCALE) / COMMON_SCALE
    return Vocabulary([corpus.names[k] for k in best], prefixes, suffixes, common, np.stack([word_rows, prefix_rows, suffix_rows], axis=1))


def _affixes(affixes: Sequence[str], weights: Array) -> tuple[list[str], Array]:
    counts: Counter[str] = Counter()
    for affix, weight in zip(affixes, weights, strict=True):
        counts[affix] += math.sqrt(weight)  # type: ignore[assignment]
    kept = [affix for affix, _ in counts.most_common(AFFIXES - 1)]
    rows = {affix: k for k, affix in enumerate(kept, 1)}
    return kept, np.array([*(rows.get(affix, 0) for affix in affixes), 0])


def train(corpus: Encoded, pairs: WordPairs, conflict: frozenset[str], say: Callable[[str], None]) -> bytes:
    """Train the scorer and return the file that `Junctions.load` reads (before compression).

    It is the mean of scorers that were trained by different seeds: each knows its training text too well in its own way.
    """
    words = vocabulary(corpus)
    weights = 1 + NEWS_TIMES * corpus.news + CONFLICT_TIMES * about_conflict(corpus, conflict)
    return _stored(mean_of([_trained(corpus, words, pairs, weights, seed, say) for seed in SEEDS]), words)


def _trained(corpus: Encoded, words: Vocabulary, pairs: WordPairs, weights: Array, seed: int, say: Callable[[str], None]) -> State:
    """Weights of one scorer.

    The vectors learn first what they can say without the counts of pairs. One thread adds up in the same order everywhere.
    """
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = _model(len(words.words) + 2)
    scorer = Scorer(partial(_vectors, model, words, rng, AS_WRITTEN.hidden), model["left"], model["right"], partial(_score, model, None))
    learn_stretches(scorer, torch.optim.Adam(model.parameters()), Draws(corpus, weights, rng), say)
    sampler = _Sampler(corpus, words, pairs, weights, rng)
    for course in (AS_WRITTEN, WITH_STAND_INS):
        _descend(model, sampler, words, course, say)
    return {name: value.detach().numpy() for name, value in model.state_dict().items()}


def mean_of(states: Sequence[State]) -> State:
    """One scorer, so many times as wide, whose scores are the mean of others'."""
    joined = {name: np.concatenate([state[name] for state in states], axis=1) for name in ("words.weight", "prefixes.weight", "suffixes.weight")}
    for side in ("left", "right"):
        parts = [state[f"{side}.weight"].reshape(HIDDEN + AGREEMENT, REACH, WIDTH) for state in states]
        hidden = _side_by_side([part[:HIDDEN] for part in parts])
        share = len(states) if side == "left" else 1
        agreement = _side_by_side([part[HIDDEN:] / share for part in parts])
        joined[f"{side}.weight"] = np.concatenate([hidden, agreement]).reshape(len(hidden) + len(agreement), -1)
    joined["bias.weight"] = np.concatenate([state["bias.weight"] for state in states], axis=1)
    joined["hidden.weight"] = _side_by_side([state["hidden.weight"][:, None] for state in states])[:, 0]
    joined["hidden.bias"] = np.concatenate([state["hidden.bias"] for state in states])
    joined["pair_hidden.weight"] = np.concatenate([state["pair_hidden.weight"] for state in states])
    joined["out.weight"] = np.concatenate([state["out.weight"] for state in states], axis=1) / len(states)
    for name in ("out.bias", "pair_out.weight"):
        joined[name] = np.mean([state[name] for state in states], axis=0)
    return joined


def _side_by_side(parts: Sequence[Array]) -> Array:
    """Weights of networks that know nothing of each other as those of one: blocks along its first and last axes."""
    rows, columns = ([0, *np.cumsum([part.shape[axis] for part in parts])] for axis in (0, 2))
    found = np.zeros((rows[-1], parts[0].shape[1], columns[-1]), dtype=np.float32)
    for k, part in enumerate(parts):
        found[rows[k] : rows[k + 1], :, columns[k] : columns[k + 1]] = part
    return found


def _descend(model: Any, sampler: _Sampler, words: Vocabulary, course: Course, say: Callable[[str], None]) -> None:
    import torch

    optimiser = torch.optim.Adam(model.parameters())
    loss_sum = 0.0
    for step in range(course.steps):
        for group in optimiser.param_groups:
            group["lr"] = course.rate * min(1, step / WARM_UP) * (0.5 * (1 + math.cos(math.pi * step / course.steps)) + 0.01)
        if step % REPRINT == 0:
            sampler.reprint()
        units, candidates, seen = sampler.batch(course.stand_ins)
        scores = _scores(model, _vectors(model, words, sampler.rng, course.hidden, units), seen).masked_fill(~torch.tensor(candidates), -1e9)
        loss = torch.nn.functional.cross_entropy(scores, torch.zeros(BATCH, dtype=torch.long))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        loss_sum += loss.item()
        if step % SAID_EVERY == SAID_EVERY - 1:
            say(f"lines, step {step + 1}: loss {loss_sum / SAID_EVERY:.4f}")
            loss_sum = 0.0


class _Sampler:
    """Draws random printed lines with the text around them."""

    def __init__(self, corpus: Encoded, words: Vocabulary, pairs: WordPairs, weights: Array, rng: np.random.Generator) -> None:
        self._corpus, self._words, self._pairs, self._weights, self.rng = corpus, words, pairs, weights, rng
        self._stand_ins = StandIns(corpus.names, corpus.row, rng)
        self._codes = codes([*corpus.names, ""])
        self._document = np.repeat(np.arange(len(corpus.starts) - 1), np.diff(corpus.starts))
        self._neighbours, self._times = np.unique(self._pair_keys(self._document[:-1], corpus.row[:-1], corpus.row[1:]), return_counts=True)

    def reprint(self) -> None:
        """Set all documents anew in other widths."""
        lines = printed_lines(self._corpus, self.rng)
        times = np.repeat(np.arange(len(lines.starts)), self._weights[lines.starts])
        at_edge = (lines.opens | lines.closes)[times]
        times = times[~at_edge | (self.rng.random(len(times)) < AT_EDGES)]
        sizes = (lines.ends - lines.starts)[times]
        self._lines = lines
        self._by_size = [times[sizes == size] for size in range(LONGEST + 1)]
        counts = np.array([len(each) if size >= SHORTEST else 0 for size, each in enumerate(self._by_size)], float)
        self._sizes = counts / counts.sum()

    def batch(self, stand_ins: float) -> tuple[Array, Array, Array]:
        """Unit numbers (before, line, after), which places of the line may begin it, and the pair features.

        `stand_ins` is the share of names that others of their kind stand for.
        """
        size = int(self.rng.choice(len(self._sizes), p=self._sizes))
        chosen = self.rng.choice(self._by_size[size], BATCH)
        row, document, lines = self._corpus.row, self._document, self._lines
        starts = lines.starts[chosen]
        # A paragraph's edge that cannot be seen is passed over.
        hidden_before = (row[starts - 1] == 0) & ~lines.opens[chosen]
        hidden_after = (row[starts + size] == 0) & ~lines.closes[chosen]
        reach = np.arange(REACH)
        before = starts[:, None] - REACH + reach - hidden_before[:, None]
        after = starts[:, None] + size + reach + hidden_after[:, None]
        places = np.concatenate([before, starts[:, None] + np.arange(size), after], axis=1)
        inside = np.clip(places, 0, len(row) - 1)
        beyond = (places != inside) | (document[inside] != document[starts][:, None])
        units = self._stand_ins.drawn(np.where(beyond, len(self._corpus.names), row[inside]), stand_ins)
        candidates = self._corpus.spaced[inside[:, REACH : REACH + size]]
        candidates[:, 0] = True
        return units, candidates, self._seen(units, size, document[starts], ~hidden_before, ~hidden_after)

    def _seen(self, units: Array, size: int, document: Array, own_before: Array, own_after: Array) -> Array:
        """Pair features of the three junctions of each candidate, the line's own occurrence not counted."""
        line = units[:, REACH : REACH + size]
        before, after = np.roll(line, 1, axis=1), line
        first = np.zeros(line.shape, dtype=bool)
        first[:, 0] = True
        outer_left, outer_right = units[:, REACH - 1 : REACH], units[:, REACH + size : REACH + size + 1]
        start = self._features(np.broadcast_to(outer_left, line.shape), after, first & own_before[:, None], document)
        end = self._features(before, np.broadcast_to(outer_right, line.shape), first & own_after[:, None], document)
        return np.stack([start, end, self._features(before, after, ~first, document)], axis=1)

    def _features(self, left: Array, right: Array, own: Array, document: Array) -> Array:
        counts = np.exp(self._pairs.log_counts(self._codes[left], self._codes[right]))
        counts = np.where(counts > 1, counts - own, 0)
        counts = np.where(counts < 1.5, 0, counts)
        chance = np.log(CORPUS_WORDS) - self._words.common[left] - self._words.common[right]
        known, logs = counts > 0, np.log(np.maximum(counts, 1))
        here = self._in_document(left, right, document) - own
        parts = [logs / 4, np.where(known, logs + chance, 0) / 5, np.where(known, 0, np.minimum(0, chance)) / 5, np.log1p(np.maximum(here, 0))]
        return np.stack(parts, axis=-1).astype(np.float32)

    def _in_document(self, left: Array, right: Array, document: Array) -> Array:
        """How often each pair stands in its document."""
        keys = self._pair_keys(document[:, None], left, right)
        at = np.minimum(np.searchsorted(self._neighbours, keys), len(self._neighbours) - 1)
        return np.where(self._neighbours[at] == keys, self._times[at], 0)

    @staticmethod
    def _pair_keys(document: Array, left: Array, right: Array) -> Array:
        return document.astype(np.int64) << 44 | left.astype(np.int64) << 22 | right.astype(np.int64)


def about_conflict(corpus: Encoded, conflict: frozenset[str]) -> Array:
    """For each unit, whether its document speaks of conflict."""
    listed = np.array([is_conflict_word(name, conflict) for name in corpus.names])
    sizes = np.diff(corpus.starts)
    hits = np.add.reduceat(listed[corpus.row].astype(float), corpus.starts[:-1])
    return np.repeat(hits / np.maximum(sizes, 40) > CONFLICT_SHARE, sizes)


def is_conflict_word(word: str, conflict: frozenset[str]) -> bool:
    """Whether a word, or what its clitics leave of it, is listed."""
    for clitic in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(clitic) and len(word) - len(clitic) > 2:
            return word[len(clitic) :] in conflict or word in conflict
    return word in conflict


def _model(words: int) -> torch.nn.ModuleDict:
    import torch

    nn = torch.nn
    model = nn.ModuleDict(
        {
            "words": nn.Embedding(words, WIDTH),
            "prefixes": nn.Embedding(AFFIXES, WIDTH),
            "suffixes": nn.Embedding(AFFIXES, WIDTH),
            "left": nn.Linear(WIDTH * REACH, HIDDEN + AGREEMENT, bias=False),
            "right": nn.Linear(WIDTH * REACH, HIDDEN + AGREEMENT, bias=False),
            "bias": nn.Embedding(1, HIDDEN),
            "hidden": nn.Linear(HIDDEN, LAST),
            "out": nn.Linear(LAST, 1),
            "pair_hidden": nn.Linear(PAIR_FEATURES, LAST, bias=False),
            "pair_out": nn.Linear(PAIR_FEATURES, 1, bias=False),
        }
    )
    for name in ("words", "prefixes", "suffixes"):
        nn.init.normal_(model[name].weight, 0, 0.1)
    return model


def _vectors(model: Any, words: Vocabulary, rng: np.random.Generator, hidden: float, units: Array) -> torch.Tensor:
    """Vectors of units; this share of words is hidden, so that affixes must tell, and of the numbers of all vectors."""
    import torch

    ids = words.ids[units]
    known = np.where(rng.random(units.shape) > hidden, ids[..., 0], 0)
    tables = zip(("words", "prefixes", "suffixes"), (known, ids[..., 1], ids[..., 2]), strict=True)
    return torch.dropout(sum(model[name](torch.tensor(rows)) for name, rows in tables), hidden, train=True)


def _scores(model: Any, vectors: torch.Tensor, seen: Array) -> torch.Tensor:
    """Scores of all places of each line as its beginning."""
    import torch

    size = vectors.shape[1] - 2 * REACH
    line = vectors[:, REACH : REACH + size]
    wheel = torch.cat([line[:, size - REACH :], line, line[:, :REACH]], 1)
    left = model["left"](torch.cat([wheel[:, REACH - 1 - k : REACH - 1 - k + size] for k in range(REACH)], -1))
    right = model["right"](torch.cat([wheel[:, REACH + k : REACH + k + size] for k in range(REACH)], -1))
    before = model["left"](torch.cat([vectors[:, REACH - 1 - k] for k in range(REACH)], -1))[:, None]
    after = model["right"](torch.cat([vectors[:, REACH + size + k] for k in range(REACH)], -1))[:, None]
    pairs = torch.tensor(seen)
    return _score(model, pairs[:, 0], before, right) + _score(model, pairs[:, 1], left, after) - _score(model, pairs[:, 2], left, right)


def _score(model: Any, pairs: torch.Tensor | None, left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Scores of contexts, with the features of their pairs of words where these are shown."""
    import torch

    first = torch.relu(left[..., :HIDDEN] + right[..., :HIDDEN] + model["bias"].weight[0])
    agreement: torch.Tensor = (left[..., HIDDEN:] * right[..., HIDDEN:]).sum(-1)
    hidden = model["hidden"](first)
    if pairs is None:
        return agreement + model["out"](torch.relu(hidden))[..., 0]
    return agreement + (model["out"](torch.relu(hidden + model["pair_hidden"](pairs))) + model["pair_out"](pairs))[..., 0]


def _stored(state: dict[str, Array], words: Vocabulary) -> bytes:
    """Weights as `Junctions` reads them: embeddings in bytes with a scale a row, the unknown last, beyond the edge before it."""
    count = len(words.words)
    rows = [*range(1, count + 1), count + 1, 0]
    tables = {
        "words": (state["words.weight"][rows], [*words.words, ""]),
        "prefixes": (state["prefixes.weight"][[*range(1, len(words.prefixes) + 1), 0]], words.prefixes),
        "suffixes": (state["suffixes.weight"][[*range(1, len(words.suffixes) + 1), 0]], words.suffixes),
    }
    stored: dict[str, Array] = {}
    for name, (table, names) in tables.items():
        scale = (np.abs(table).max(1, keepdims=True) / LEVELS + 1e-9).astype(np.float16)
        stored[name] = np.clip(np.round(table / scale.astype(np.float32)), -LEVELS, LEVELS).astype(np.int8)
        stored[f"{name}_scale"] = scale
        stored[f"{name}_names"] = np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
    common = np.round(words.common[_first_rows(words)] * COMMON_SCALE)
    stored["common"] = np.array([*common, *[round(math.log(4) * COMMON_SCALE)] * 2], np.uint8)
    stored["left"], stored["right"] = (state[f"{side}.weight"].T.astype(np.float16) for side in ("left", "right"))
    stored["bias"] = state["bias.weight"][0]
    stored["hidden"], stored["hidden_bias"] = state["hidden.weight"].T, state["hidden.bias"]
    stored["out"], stored["out_bias"] = state["out.weight"][0], state["out.bias"][0]
    stored["pair_hidden"], stored["pair_out"] = state["pair_hidden.weight"].T, state["pair_out.weight"][0]
    buffer = io.BytesIO()
    np.savez(buffer, **stored)  # type: ignore[arg-type]
    return buffer.getvalue()


def _first_rows(words: Vocabulary) -> Array:
    """Unit numbers in the order of the word rows."""
    return np.argsort(words.ids[:, 0], kind="stable")[-len(words.words) - 1 : -1]
