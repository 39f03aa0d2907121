"""The passes in the order in which they run: this list is restoration's table of contents."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.restore.detached_marks import attach_marks
from pipeline.restore.digit_order import digit_order
from pipeline.restore.displaced_runs import displaced_runs
from pipeline.restore.filler_letters import remove_filler_letters
from pipeline.restore.foreign_fillers import remove_foreign_fillers
from pipeline.restore.glued_words import part_glued_words
from pipeline.restore.invisible_characters import remove_bidi_controls, remove_invisibles
from pipeline.restore.line_endings import unify_line_endings
from pipeline.restore.look_alikes import fold_look_alikes
from pipeline.restore.lost_at_tatweel import restore_lost_at_tatweel
from pipeline.restore.mirrored_brackets import turn_mirrored_brackets
from pipeline.restore.mojibake import repair_mojibake
from pipeline.restore.moved_marks import move_marks_back
from pipeline.restore.overprint import remove_overprint
from pipeline.restore.paragraphs import paragraphs
from pipeline.restore.presentation_forms import fold_presentation_forms
from pipeline.restore.private_digits import private_digits
from pipeline.restore.private_glyphs import restore_private_glyphs
from pipeline.restore.profile import Profile
from pipeline.restore.spacing import join_split_words
from pipeline.restore.tatweel import remove_edge_tatweel, remove_tatweel
from pipeline.restore.traced import Outcome, Traced
from pipeline.restore.undecodable import flag_undecodable
from pipeline.restore.visual_order import restore_embedded_runs, restore_visual_order
from pipeline.restore.visual_runs import restore_visual_runs
from pipeline.restore.word_order import restore_word_order
from pipeline.restore.word_repair import repair_mended_words, repair_words

Pass = Callable[[Traced, Profile | None], Outcome]

PASSES: tuple[Pass, ...] = (
    # 1 code points
    repair_mojibake,
    unify_line_endings,
    restore_embedded_runs,
    remove_bidi_controls,
    fold_presentation_forms,
    remove_invisibles,
    fold_look_alikes,
    # 2 tatweel inside words; at a word's edge it is the trace of a cut and stays for the displaced runs
    restore_lost_at_tatweel,
    remove_tatweel,
    # 3 visual order
    remove_foreign_fillers,
    restore_visual_order,
    restore_visual_runs,
    # 4 words that lost or swapped letters: a line of broken words looks displaced and is not (measured)
    remove_filler_letters,
    attach_marks,
    remove_overprint,
    repair_words,
    restore_word_order,
    # 5 displaced runs, whose lone letters and edge tatweel the closing of words would hide
    displaced_runs,
    repair_mended_words,
    join_split_words,
    part_glued_words,
    move_marks_back,
    flag_undecodable,
    remove_edge_tatweel,
    turn_mirrored_brackets,
    # 6 figures
    restore_private_glyphs,
    private_digits,
    digit_order,
    # 7 paragraphs
    paragraphs,
)
