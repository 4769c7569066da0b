"""The world's letters and symbols as somebody might write them: what is no digit."""

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.ft2font import FT2Font
from PIL import Image, ImageDraw, ImageFont

from digits_edge.glyph import Glyphs, to_glyph
from digits_train.augment import Variety, cropped, rewritten

FONT = Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"  # comes with matplotlib, knows 5,900 signs
HEIGHT = 72  # pixels of the letters' body
ALPHABETS = {
    "ARABIC", "ARMENIAN", "CANADIAN", "CYRILLIC", "GEORGIAN", "GREEK", "HEBREW", "LAO", "LATIN", "LISU",
    "NKO", "OLD", "TIFINAGH",
}  # fmt: skip
MATHEMATICS = "\u2300"  # from here on its symbols are variants of variants
SYMBOLS = "#%&*+=?@<>{}[]~^§¶†‡©®"

# What passes for a digit in some hand, 0 to 9: found by eye among what a network without these signs
# took for one.
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
)
SCRAWL = Variety(rotation=0.15, shear=0.22, elastic=0.8, pen=0.8)  # print is stiffer than any hand


def foreign_signs(count: int, rng: np.random.Generator) -> Glyphs:
    """(count, 28, 28): letters of a dozen alphabets and symbols, bent and inked like handwriting."""
    printed = _printed()
    return rewritten(printed[rng.integers(0, len(printed), count)], rng, SCRAWL)


@cache
def _printed() -> Glyphs:
    """(n, 28, 28): every sign of the font that is wanted, each shape once."""
    font = ImageFont.truetype(str(FONT), HEIGHT)
    glyphs = []
    for code in sorted(FT2Font(str(FONT)).get_charmap()):
        left, top, right, bottom = font.getbbox(chr(code)) if _is_wanted(chr(code)) else (0, 0, 0, 0)
        if min(right - left, bottom - top) < 3:  # nothing drawn, or a line
            continue
        sheet = Image.new("L", (round(right - left) + 8, round(bottom - top) + 8))
        ImageDraw.Draw(sheet).text((4 - left, 4 - top), chr(code), font=font, fill=255)
        glyphs.append(to_glyph(cropped(np.asarray(sheet))))
    return np.unique(np.array(glyphs), axis=0)


def _is_wanted(sign: str) -> bool:
    if sign in LOOKALIKES or unicodedata.decomposition(sign):  # accents would only repeat the letters
        return False
    alphabet, *rest = unicodedata.name(sign, "?").split()
    kind = unicodedata.category(sign)
    letter = alphabet in ALPHABETS and kind in ("Ll", "Lu", "Lo") and not {"DIGIT", "WITH"} & set(rest)
    return letter or kind == "Sc" or (kind == "Sm" and sign < MATHEMATICS) or sign in SYMBOLS
