"""The world's letters and symbols as somebody might write them: what is no digit, from no data set."""

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.ft2font import FT2Font

from digits_edge.glyph import Glyphs, to_glyph
from digits_train.augment import Variety, cropped, rewritten

FONT = Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"  # comes with matplotlib, knows 5,900 signs
HEIGHT = 72  # pixels of the font's em
ALPHABETS = {
    "ARABIC", "ARMENIAN", "CANADIAN", "CYRILLIC", "GEORGIAN", "GREEK", "HEBREW", "LAO", "LATIN", "LISU",
    "NKO", "OLD", "TIFINAGH",
}  # fmt: skip
MATHEMATICS = "\u2300"  # from here on its symbols are variants of variants
SYMBOLS = "#%&*+=?@<>{}[]~^§¶†‡©®"

# What passes for a digit in some hand, 0 to 9; found by eye among what an earlier network took for one.
LOOKALIKES = (
    "DOQUoyðɒɞʊʘʚΘθσϘϴѺѻӨөծօטסهߋႣႭაბსᐤᴑ∅∘⊖⊘⊙⊝⋄⥀⥁⨀ⱰⴰⵁⵔⵙⵚꙨꙩꙪꙫ𐌃𐌏"
    "/IJ\\ijlıɪƖǀɅɩʌויןاߗᐟᐠᐲᐼᐽᐾᑊ⁄∖∣∧≀⋀⌠⌡⎛⎜⎝⎞⎟⎠⎥⎩⎪⎫⎮ꞁꞋꞌꟾ𐌉|"
    "ZzƧƨԶՁՉշᖍᙆ∂"
    "ƷȜȝɜʒЗЭэԆԇՅՑგვკპჰჳᴈᴟᴣꜢꜣ"
    "uɥϟЧчӋԿՎկվߞႡႯႷჃᔦᔯᔰⴗⴘⴣⴤ"
    "BSsƼƽʖʙςϚϛБҀԾՏႽჂნᔆᕊⴝ"
    "CGcƄƅЬьɢϾбճႦწხᑲᑳᑾᑿᒀᒁᒃ∁𐌜"
    "ՂךלףרߟߣߤႤႨᒣ¬"
    "ƔȢȣɣɤβΒВвδձზ𐌁𐌚"
    "gqɡԳգզցوٯᑫᑴᑵᕋᕐᕴꟼ"
    "ΟОՕꓳοоᴏەυ∕ߊⵏꓲΙІӀӏꙆιꙇᐱΛⴷꓥʅᴧꓕլ⊥ꝇꙅᴢᔐꙄᖊꓜႢΖзӡӠꞍᖧᙇӌЅѕꓢꜱᕻᕹⴄⴈᒉ⅂Ꞁꓶߔꟻჹɘᒅԛʕ"
)
SCRAWL = Variety(rotation=0.15, shear=0.22, elastic=0.8, pen=0.8)  # print is stiffer than any hand


def foreign_signs(count: int, rng: np.random.Generator) -> Glyphs:
    """(count, 28, 28): letters of a dozen alphabets and mathematical symbols, bent and inked as by hand."""
    printed = _printed()
    return rewritten(printed[rng.integers(0, len(printed), count)], rng, SCRAWL)


@cache
def _printed() -> Glyphs:
    """(n, 28, 28): every sign of the font that is wanted, each shape once."""
    font = FT2Font(str(FONT))
    font.set_size(HEIGHT, 72)  # at 72 dots an inch a point is a pixel
    glyphs = []
    for code in sorted(font.get_charmap()):
        if _is_wanted(chr(code)):
            font.set_text(chr(code))
            font.draw_glyphs_to_bitmap(antialiased=True)
            ink = np.array(font.get_image())
            if min(ink.shape) >= 3:  # else nothing was drawn, or a line
                glyphs.append(to_glyph(cropped(ink)))
    return np.unique(np.array(glyphs), axis=0)


def _is_wanted(sign: str) -> bool:
    if sign in LOOKALIKES or unicodedata.decomposition(sign):  # accents would only repeat the letters
        return False
    alphabet, *rest = unicodedata.name(sign, "?").split()
    kind = unicodedata.category(sign)
    letter = alphabet in ALPHABETS and kind in ("Ll", "Lu", "Lo") and not {"DIGIT", "WITH"} & set(rest)
    return letter or kind == "Sc" or (kind == "Sm" and sign < MATHEMATICS) or sign in SYMBOLS
