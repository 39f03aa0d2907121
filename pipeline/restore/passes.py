"""The passes in the order in which they run: this list is restoration's table of contents, docs/restoration.md made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.restore import (
    alef_signs,
    broken_rows,
    coded_blanks,
    coded_letters,
    coded_marks,
    counted_rows,
    damage_rates,
    deleted_figures,
    divine_name,
    document_symbols,
    dot_gaps,
    dot_signs,
    doubled_alefs,
    doubled_clusters,
    doubled_dots,
    drawn_rows,
    figure_rows,
    filler_letters,
    glued_pieces,
    glued_words,
    glyph_numbers,
    hamza_breaks,
    hamza_marks,
    hamza_rows,
    hamza_signs,
    invisible_characters,
    joined_alefs,
    lam_alef_rows,
    lam_alef_signs,
    latin_lines,
    lifted_signs,
    line_endings,
    list_numbers,
    look_alikes,
    markup,
    mirrored_brackets,
    mojibake,
    odd_marks,
    overprint,
    page_order,
    presentation_forms,
    print_columns,
    private_fonts,
    scattered_rows,
    shifted_quotes,
    sign_letters,
    spaced_letters,
    squeezed_codes,
    stem_signs,
    stretched_rows,
    stroke_signs,
    turned_alefs,
    turned_lines,
    turned_pieces,
    turned_rows,
    undecodable,
    unjoined_alefs,
    visual_order,
)
from pipeline.restore.alef_signs import read_alef_signs
from pipeline.restore.bare_letters import restore_bare_letters
from pipeline.restore.broken_rows import restore_broken_rows
from pipeline.restore.characters import LOST, TATWEEL
from pipeline.restore.cluster_marks import drop_cluster_letters
from pipeline.restore.coded_blanks import restore_coded_blanks
from pipeline.restore.coded_letters import restore_coded_letters
from pipeline.restore.coded_marks import restore_coded_marks
from pipeline.restore.counted_rows import restore_counted_rows
from pipeline.restore.cut_rows import restore_cut_rows
from pipeline.restore.deleted_figures import restore_deleted_figures
from pipeline.restore.detached_marks import attach_marks
from pipeline.restore.digit_order import TRACES as DIGIT_TRACES
from pipeline.restore.digit_order import digit_order
from pipeline.restore.displaced_runs import displaced_runs
from pipeline.restore.divine_name import restore_divine_name
from pipeline.restore.document_symbols import restore_document_symbols
from pipeline.restore.dot_gaps import close_dot_gaps
from pipeline.restore.dot_signs import read_dot_signs
from pipeline.restore.dotless_letters import restore_dotless_letters
from pipeline.restore.doubled_alefs import drop_doubled_alefs
from pipeline.restore.doubled_clusters import drop_doubled_clusters
from pipeline.restore.doubled_dots import drop_doubled_dots
from pipeline.restore.drawn_rows import restore_drawn_rows
from pipeline.restore.early_marks import move_marks_on
from pipeline.restore.embedded_words import restore_embedded_words
from pipeline.restore.figure_rows import restore_figure_rows
from pipeline.restore.filler_letters import remove_filler_letters
from pipeline.restore.floating_marks import restore_floating_marks
from pipeline.restore.glued_pieces import restore_glued_pieces
from pipeline.restore.glued_words import part_glued_words
from pipeline.restore.glyph_numbers import restore_glyph_numbers
from pipeline.restore.grouped_letters import restore_grouped_letters
from pipeline.restore.hamza_breaks import join_at_hamza
from pipeline.restore.hamza_marks import compose_hamza
from pipeline.restore.hamza_rows import restore_hamza_rows
from pipeline.restore.hamza_signs import read_hamza_signs
from pipeline.restore.invisible_characters import remove_bidi_controls, remove_invisibles, show_lost_glyphs
from pipeline.restore.joined_alefs import restore_joined_alefs
from pipeline.restore.lam_alef_rows import restore_lam_alef_rows
from pipeline.restore.lam_alef_signs import read_lam_alef_signs
from pipeline.restore.latin_lines import restore_latin_lines
from pipeline.restore.lifted_glyphs import restore_lifted_glyphs
from pipeline.restore.line_endings import unify_line_endings
from pipeline.restore.list_numbers import restore_list_numbers
from pipeline.restore.look_alikes import fold_look_alikes
from pipeline.restore.lost_at_tatweel import restore_lost_at_tatweel
from pipeline.restore.lost_hamzas import restore_lost_hamzas
from pipeline.restore.lost_text import flag_lost_text
from pipeline.restore.mark_turns import restore_mark_turns
from pipeline.restore.marked_rows import restore_marked_rows
from pipeline.restore.markup import read_markup
from pipeline.restore.mirrored_brackets import turn_mirrored_brackets
from pipeline.restore.mojibake import repair_mojibake
from pipeline.restore.moved_marks import move_marks_back
from pipeline.restore.overprint import remove_overprint
from pipeline.restore.page_order import restore_page_order
from pipeline.restore.paragraphs import paragraphs
from pipeline.restore.physical_lines import is_in_rows
from pipeline.restore.presentation_forms import fold_presentation_forms
from pipeline.restore.print_columns import part_columns
from pipeline.restore.private_digits import private_digits
from pipeline.restore.private_glyphs import restore_private_glyphs
from pipeline.restore.profile import Profile
from pipeline.restore.run_together import restore_run_together
from pipeline.restore.scattered_rows import restore_scattered_rows
from pipeline.restore.shaped_words import part_shaped_words
from pipeline.restore.shifted_quotes import restore_shifted_quotes
from pipeline.restore.sign_letters import read_sign_letters
from pipeline.restore.single_words import restore_single_words
from pipeline.restore.spaced_letters import join_spaced_letters
from pipeline.restore.spacing import join_often_split_words, join_split_words
from pipeline.restore.split_rows import restore_split_rows
from pipeline.restore.squeezed_codes import restore_squeezed_codes
from pipeline.restore.stem_signs import read_stem_signs
from pipeline.restore.stretched_rows import restore_stretched_rows
from pipeline.restore.stroke_signs import remove_stroke_signs
from pipeline.restore.stroke_turns import restore_stroke_turns
from pipeline.restore.tatweel import remove_edge_tatweel, remove_tatweel
from pipeline.restore.touching_cells import restore_touching_cells
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.traces import Look, Question, Trace, one_of
from pipeline.restore.turned_alefs import restore_turned_alefs
from pipeline.restore.turned_dots import restore_turned_dots
from pipeline.restore.turned_lines import restore_turned_lines
from pipeline.restore.turned_parts import restore_turned_parts
from pipeline.restore.turned_pieces import restore_turned_pieces
from pipeline.restore.turned_rows import restore_turned_rows
from pipeline.restore.turned_words import restore_marked_words
from pipeline.restore.undecodable import flag_undecodable
from pipeline.restore.unjoined_alefs import bare_cut_alefs, restore_unjoined_alefs
from pipeline.restore.unknown_words import UnknownWords
from pipeline.restore.visual_order import restore_embedded_runs, restore_visual_order
from pipeline.restore.visual_runs import restore_visual_runs
from pipeline.restore.word_order import restore_word_order
from pipeline.restore.word_repair import repair_mended_words, repair_words

Pass = Callable[[Traced, Profile | None], Outcome]


LOOK = Look()
"""What all passes look for in neighbouring characters, and in single ones that plain prose can do without."""
UNKNOWN_WORDS = UnknownWords()
"""What they look for in words that nobody knows."""
_REVERSED = UNKNOWN_WORDS.for_(visual_order.may_be_reversed)


class Step(NamedTuple):
    """A pass, and what it asks for before it runs, found for all passes by one look at a text: a pass that need not run costs nothing.

    One that looks for `traces` (bits of LOOK) or for something in `unknown` words (bits of UNKNOWN_WORDS) runs only on a text with
    any of them; one whose damage also shows in what became of a text runs on each that an earlier pass `mended`. One that `reads`
    words runs on no text that has none, one that looks for `rows` of print on none that has paragraphs instead. What is asked for
    must show in every text in which the pass has something to do: tests/restore/test_traces.py holds it to that.
    """

    run: Pass
    traces: int = 0
    unknown: int = 0
    reads: bool = True
    mended: bool = False
    rows: bool = False

    def is_due(self, shown: int, unknown: int, *, mended: bool, in_rows: bool) -> bool:
        """Whether a text that shows these traces and these things in unknown words may have something for the pass to do."""
        if self.rows and not in_rows:
            return False
        return not (self.traces or self.unknown) or bool(self.traces & shown or self.unknown & unknown) or (self.mended and mended)


def _on_rows(run: Pass, traces: Sequence[Trace | Question]) -> Step:
    """A pass that looks for traces in rows of print."""
    return Step(run, LOOK.for_(traces, in_rows=True), rows=True)


class Section(NamedTuple):
    """Passes that run one after the other, and why they stand where they do."""

    title: str
    why: str
    steps: tuple[Step, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        "Code points",
        (
            "Every later pass looks words up, so first each character becomes the one that was meant: code of web pages, misread bytes, "
            "presentation forms, numbers of glyphs. What tells more than its character is read before it goes: embeddings tell the order of "
            "pieces, shapes of letters where words end, signs and marks that stand off the line where lines were cut."
        ),
        (
            Step(read_markup, LOOK.for_(markup.TRACES)),
            Step(repair_mojibake, LOOK.for_(mojibake.TRACES), unknown=UNKNOWN_WORDS.READS_POORLY),
            Step(read_dot_signs, LOOK.for_(dot_signs.TRACES)),
            Step(unify_line_endings, LOOK.for_(one_of(line_endings.FOREIGN))),
            Step(show_lost_glyphs, LOOK.for_(one_of(invisible_characters.NUL))),
            Step(read_stem_signs, LOOK.for_(stem_signs.TRACES)),
            Step(restore_dotless_letters, LOOK.for_(one_of(LOST))),
            Step(restore_coded_blanks, LOOK.for_(coded_blanks.TRACES)),
            Step(restore_squeezed_codes, LOOK.for_(squeezed_codes.TRACES)),
            Step(part_columns, LOOK.for_(print_columns.TRACES)),
            Step(restore_embedded_words, LOOK.for_(one_of(invisible_characters.BIDI_CONTROLS))),
            Step(restore_embedded_runs, LOOK.for_(one_of(invisible_characters.BIDI_CONTROLS))),
            Step(remove_bidi_controls, LOOK.for_(one_of(invisible_characters.BIDI_CONTROLS))),
            Step(restore_grouped_letters, LOOK.for_(one_of(presentation_forms.FORMS)), unknown=_REVERSED),
            Step(restore_bare_letters, LOOK.for_(one_of(presentation_forms.FORMS))),
            Step(part_shaped_words, LOOK.for_(one_of(presentation_forms.FORMS))),
            Step(fold_presentation_forms, LOOK.for_(one_of(presentation_forms.FORMS))),
            Step(drop_doubled_dots, LOOK.for_(doubled_dots.TRACES)),
            Step(restore_run_together),
            Step(restore_coded_letters, LOOK.for_(coded_letters.TRACES)),
            Step(flag_lost_text),
            Step(read_alef_signs, LOOK.for_(alef_signs.TRACES)),
            Step(join_at_hamza, LOOK.for_(hamza_breaks.TRACES)),
            Step(bare_cut_alefs, LOOK.for_(unjoined_alefs.ALONE)),
            Step(read_hamza_signs, LOOK.for_(hamza_signs.TRACES)),
            Step(read_lam_alef_signs, LOOK.for_(lam_alef_signs.TRACES)),
            Step(compose_hamza, LOOK.for_(one_of(hamza_marks.HAMZA_MARKS))),
            Step(remove_invisibles, LOOK.for_(one_of(invisible_characters.INVISIBLES)), reads=False),
            Step(fold_look_alikes, LOOK.for_(one_of(look_alikes.LOOK_ALIKES))),
            Step(restore_glyph_numbers, LOOK.for_(glyph_numbers.TRACES)),
            Step(read_sign_letters, LOOK.for_(sign_letters.TRACES)),
            Step(restore_turned_dots, LOOK.for_(dot_gaps.TRACES)),
            Step(close_dot_gaps, LOOK.for_(dot_gaps.TRACES)),
            Step(restore_turned_parts),
            Step(restore_unjoined_alefs, LOOK.for_(unjoined_alefs.TRACES)),
            Step(restore_coded_marks, LOOK.for_(coded_marks.TRACES)),
            Step(restore_joined_alefs, unknown=UNKNOWN_WORDS.at_least(joined_alefs.FEWEST)),
            Step(drop_doubled_clusters, LOOK.for_(doubled_clusters.TRACES)),
            _on_rows(restore_lifted_glyphs, lifted_signs.TRACES),
            Step(restore_document_symbols, LOOK.for_(document_symbols.TRACES)),
            _on_rows(restore_counted_rows, counted_rows.TRACES),
            Step(restore_touching_cells, LOOK.for_(turned_lines.TRACES)),
        ),
    ),
    Section(
        "Tatweel",
        (
            "A stroke can stand for a letter that it swallowed, so that is asked first. Then tatweel goes from inside words, which are looked "
            "up without it. At a word's edge it is the trace of a cut and stays for the displaced runs."
        ),
        (
            Step(restore_lost_at_tatweel, LOOK.for_(one_of(TATWEEL))),
            Step(remove_tatweel, LOOK.for_(one_of(TATWEEL))),
            Step(join_spaced_letters, LOOK.for_(spaced_letters.TRACES)),
        ),
    ),
    Section(
        "Order of letters, pieces and rows",
        (
            "How well a line reads tells in which order its pieces belong, so letters come first, pieces and rows after them. Each pass knows "
            "one reader's way with one writer's pages, and looks for the trace that this leaves all through a text: lines that only look as if "
            "are left to the pass that they belong to. Those with the surest traces come first."
        ),
        (
            Step(restore_turned_alefs, unknown=UNKNOWN_WORDS.at_least(turned_alefs.FEWEST_WORDS)),
            Step(restore_stroke_turns, LOOK.for_(stroke_signs.TRACES)),
            Step(restore_glued_pieces, LOOK.for_(glued_pieces.TRACES)),
            Step(remove_stroke_signs, LOOK.for_(stroke_signs.TRACES)),
            _on_rows(restore_page_order, page_order.TRACES),
            Step(restore_turned_pieces, unknown=UNKNOWN_WORDS.at_least(turned_pieces.FEWEST)),
            Step(restore_visual_order, unknown=_REVERSED),
            # Words that stood in visual order tell only now.
            Step(restore_unjoined_alefs, LOOK.for_(unjoined_alefs.TRACES)),
            Step(drop_cluster_letters, LOOK.for_([odd_marks.FOLLOWED])),
            Step(drop_doubled_alefs, LOOK.for_(doubled_alefs.TRACES)),
            Step(restore_marked_words, LOOK.for_([odd_marks.UNKNOWN])),
            Step(restore_visual_runs, LOOK.for_(one_of(LOST))),
            _on_rows(restore_scattered_rows, scattered_rows.TRACES),
            _on_rows(restore_turned_rows, turned_rows.TRACES),
            _on_rows(restore_lam_alef_rows, lam_alef_rows.TRACES),
            _on_rows(restore_broken_rows, broken_rows.TRACES),
            _on_rows(restore_figure_rows, figure_rows.TRACES),
            Step(join_often_split_words),
            Step(restore_mark_turns, LOOK.for_([odd_marks.STRAY])),
            _on_rows(restore_split_rows, [odd_marks.STRAY]),
            _on_rows(restore_marked_rows, [odd_marks.STRAY]),
            _on_rows(restore_hamza_rows, hamza_rows.TRACES),
            _on_rows(restore_cut_rows, [odd_marks.STRAY]),
            Step(restore_deleted_figures, LOOK.for_(deleted_figures.TRACES)),
            Step(restore_lost_hamzas),
            _on_rows(restore_drawn_rows, drawn_rows.TRACES),
            _on_rows(restore_turned_lines, turned_lines.TRACES),
            _on_rows(restore_shifted_quotes, shifted_quotes.TRACES),
            _on_rows(restore_stretched_rows, stretched_rows.TRACES),
            Step(restore_single_words, rows=True),
        ),
    ),
    Section(
        "Words",
        (
            "Words that lost or swapped letters, or whose marks stand off them, make a whole line look displaced that is not (measured): they "
            "are mended before displaced lines are looked for. Lines with all their words in reverse need whole words to be told."
        ),
        (
            Step(remove_filler_letters, unknown=UNKNOWN_WORDS.at_least(filler_letters.FEWEST)),
            Step(restore_floating_marks, LOOK.for_([odd_marks.STRAY])),
            Step(attach_marks, LOOK.for_([odd_marks.STRAY])),
            Step(remove_overprint, unknown=UNKNOWN_WORDS.for_(overprint.printed_once) | UNKNOWN_WORDS.for_(overprint.is_long, several=True)),
            Step(restore_divine_name, LOOK.for_(divine_name.TRACES)),
            Step(repair_words, unknown=UNKNOWN_WORDS.for_(damage_rates.may_be_struck)),
            Step(restore_word_order),
        ),
    ),
    Section(
        "Displaced runs",
        (
            "Lone letters, marks and tatweel at the edges of lines tell displaced runs, so blanks inside words are closed and those traces "
            "taken away only behind them. What stays unread is flagged when all else is done; brackets are turned last, since lines turned "
            "around them had to be told by how they stood."
        ),
        (
            Step(displaced_runs, rows=True),
            Step(repair_mended_words, LOOK.for_(one_of(LOST))),
            Step(join_split_words),
            Step(part_glued_words, LOOK.for_(glued_words.TRACES), unknown=UNKNOWN_WORDS.for_(glued_words.may_be_glued)),
            Step(move_marks_on, LOOK.for_([odd_marks.STRAY]), mended=True),
            Step(move_marks_back, LOOK.for_([odd_marks.LATE])),
            Step(flag_undecodable, LOOK.for_(undecodable.TRACES), unknown=UNKNOWN_WORDS.READS_POORLY),
            Step(remove_edge_tatweel, LOOK.for_(one_of(TATWEEL))),
            Step(turn_mirrored_brackets, LOOK.for_(mirrored_brackets.TRACES)),
            Step(restore_latin_lines, LOOK.for_(latin_lines.TRACES)),
        ),
    ),
    Section(
        "Figures",
        "The words around a figure are the evidence for its digits, so they must be right before it is decoded.",
        (
            Step(restore_private_glyphs, LOOK.for_(one_of(private_fonts.PRIVATE_SIGNS))),
            Step(private_digits, LOOK.for_(one_of(private_fonts.PRIVATE_SIGNS))),
            Step(digit_order, LOOK.for_(DIGIT_TRACES)),
            _on_rows(restore_list_numbers, list_numbers.TRACES),
        ),
    ),
    Section(
        "Paragraphs",
        "Damage stays within a line of print, so lines are joined when nothing looks for it any more.",
        (Step(paragraphs, reads=False),),
    ),
)
"""All passes in the order in which they run."""
PASSES: tuple[Step, ...] = tuple(step for section in SECTIONS for step in section.steps)
_ASK_WORDS = max(place for place, step in enumerate(PASSES) if step.unknown) + 1
"""So many steps, the first, may look for something in unknown words."""


def due(text: str, place: int = 0, *, mended: bool = False) -> Iterator[tuple[int, Step]]:
    """The steps from a place on, with their places, that may have something to do in a text, which has been `mended` or not yet."""
    if place == len(PASSES):
        return iter(())
    in_rows = is_in_rows(text)
    steps = _due(LOOK.seen(text, in_rows=in_rows), UNKNOWN_WORDS.seen(text) if place < _ASK_WORDS else 0, mended, in_rows)
    return iter(steps) if not place else (step for step in steps if step[0] >= place)


@lru_cache(maxsize=10_000)
def _due(shown: int, unknown: int, mended: bool, in_rows: bool) -> tuple[tuple[int, Step], ...]:
    """Looked up, since many texts show the same few traces."""
    return tuple((place, step) for place, step in enumerate(PASSES) if step.is_due(shown, unknown, mended=mended, in_rows=in_rows))
