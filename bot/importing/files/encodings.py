# ruff: noqa: RUF001 - other alphabets are what this file is for
"""Which of the old encodings a file is in, judged by whether its words become words of a language.

charset-normalizer was measured on such files: of a few short answers it makes Polish out of French and Chinese out of
Greek, since it looks for text and not for words. An export has few words beyond ASCII, often one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

_LANGUAGES = {
    "fr": "éèêëàâçùûüîïôœæÿ", "de": "äöüß", "es": "áéíóúüñ", "pt": "áâãàçéêíóôõúü", "it": "àèéìíîòóù",
    "nl": "éëïóöüè", "nordic": "åäöæøéüà", "is": "áéíóúýþæöð", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîșşțţ", "hr": "čćđšžé", "tr": "çğıöşüâîûi̇",
    "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äöüõšž", "ca": "àçèéíïòóúü·",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "he": "אבגדהוזחטיכלמנסעפצקרשתםןץףך",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ",
    "th": "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮะัาำิีึืฺุูเแโใไๅๆ็่้๊๋์",
}  # fmt: skip
_ALPHABETS = [frozenset(letters) for letters in _LANGUAGES.values()]
_FREQUENT = frozenset("оеаинтсрвлкαοιετσνηρהיולאתרמשالمنيوه")
_SIGNS = frozenset("‘’“”„‚«»‹›–—…•·€£¥§°©®™¿¡ºª№²³½¼¾±×†%´`¨")
_VOWELLED = {"CYRILLIC", "GREEK"}
_VOWELS = frozenset("аеёиоуыэюяіїєαεηιουωάέήίόύώϊϋΐΰ")
_APART = re.compile(f"[{re.escape(''.join(_SIGNS))}'\u00a0]+")
_SIGN_INSIDE = re.compile(f"(?<=[^\\W\\d_])[{re.escape(''.join(_SIGNS - set('’‘´`')))}](?=[^\\W\\d_])")
_FIRST_LEVEL = {"cp932": (0x88, 0x98), "euc_jp": (0xB0, 0xD0), "gb18030": (0xB0, 0xD8), "cp950": (0xA4, 0xC7),
                "cp949": (0xCA, 0xCA)}  # fmt: skip
_JAPANESE = {"cp932", "euc_jp"}
_KANA = ("HIRAGANA", "KATAKANA")
_WIDE_SIGNS = ("IDEOGRAPHIC", "FULLWIDTH", "LEFT ", "RIGHT ")
_HIGH = 0xA1
_RUN = re.compile(r"[^\x00-\x7f]+")
_LATIN_ENOUGH = 0.67
_ACCEPTED = 0.75
_FEW = 3

# In the order in which one is preferred where two make words alike.
_SINGLE = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman", "cp1257", "cp1255", "cp1256", "cp874", "koi8_r",
           "koi8_u", "iso8859_5", "iso8859_2", "mac_cyrillic", "mac_latin2", "mac_greek", "cp866", "cp850", "cp852")  # fmt: skip
_RARE = {"cp850", "cp852", "cp866", "iso8859_5", "mac_cyrillic", "mac_latin2", "mac_greek"}
_WIDE = ("cp932", "gb18030", "cp950", "cp949", "euc_jp")
_NAMES = {
    "cp1252": "Windows-1252", "cp1250": "Windows-1250", "cp1251": "Windows-1251", "cp1253": "Windows-1253",
    "cp1254": "Windows-1254", "cp1255": "Windows-1255", "cp1256": "Windows-1256", "cp1257": "Windows-1257",
    "mac_roman": "Mac Roman", "cp932": "Shift JIS", "gb18030": "GB 18030", "cp950": "Big5", "cp949": "EUC-KR", "cp874": "Windows-874",
    "euc_jp": "EUC-JP", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "utf-8-sig": "UTF-8", "utf-8": "UTF-8",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "iso8859-1": "Latin-1",
}  # fmt: skip

_BEYOND = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")
_MOST_WORDS = 2_000


def encoding_name(encoding: str) -> str:
    """Give what people call an encoding."""
    return _NAMES.get(encoding, encoding)


def words_beyond_ascii(data: bytes) -> Iterator[bytes]:
    """Give the words that are not ASCII alone."""
    for number, found in enumerate(_BEYOND.finditer(data)):
        if number >= _MOST_WORDS:
            return
        yield found[0]


def lines_beyond_ascii(data: bytes) -> Iterator[bytes]:
    """Give the lines that are not ASCII alone: where a letter takes two bytes, the second may be one of ASCII's."""
    return islice((line for line in data.splitlines() if not line.isascii()), _MOST_WORDS)


def likely_encoding(words: Sequence[bytes], lines: Sequence[bytes] = (), *, mac: bool = False) -> str | None:
    """Give the encoding in which the words are words of one language, None where none makes any.

    `lines` are those that the words stand in, whole. `mac` says that lines end as on an old Macintosh.

    >>> likely_encoding(["Отлично".encode("cp1251")]), likely_encoding(["très".encode("cp1252")])
    ('cp1251', 'cp1252')
    """
    order = sorted(_SINGLE, key=lambda name: not (mac and name.startswith("mac"))) if mac else _SINGLE
    weighed = [
        (_weight(words, name, wide=False), name)
        for name in order
        if name not in _RARE or len(words) >= _FEW or mac
    ]
    weighed += [(_weight(lines or words, name, wide=True), name) for name in _WIDE]
    best = max(weight for weight, _ in weighed)
    return next(name for weight, name in weighed if weight == best) if best >= _ACCEPTED else None


@dataclass(slots=True)
class _Seen:
    letters: Counter[str]
    others: int = 0
    frequent: int = 0


def _weight(words: Iterable[bytes], encoding: str, *, wide: bool) -> float:
    """Weigh how well the words become words of one language: 1 is altogether; a little more where letters are frequent ones."""
    seen = _Seen(Counter())
    for word in words:
        try:
            text = word.decode(encoding)
        except UnicodeDecodeError:
            return 0.0
        if wide:
            _see_wide(text, seen, encoding)
        else:
            _see(text, seen)
    total = seen.letters.total() + seen.others
    if not total:
        return 1.0 if not wide else 0.0
    if wide:
        return seen.letters.total() / total + 0.1 * (seen.frequent / total)
    fit = max(sum(n for c, n in seen.letters.items() if c in letters) for letters in _ALPHABETS)
    return (fit / total) + 0.05 * (seen.frequent / total)


def _see(text: str, seen: _Seen) -> None:
    seen.others += len(_SIGN_INSIDE.findall(text))
    for part in _APART.split(text):
        beyond = [c for c in part if not c.isascii()]
        if not beyond:
            continue
        lower = part.lower()
        turns = any(a.islower() and b.isupper() for a, b in pairwise(part))
        letters = sum(c.isalpha() for c in part)
        scripts = {unicodedata.name(c, "?").split()[0] for c in part if c.isalpha()}
        latin = "LATIN" in scripts
        strange = latin and letters > _FEW and len(beyond) / letters >= _LATIN_ENOUGH
        mute = bool(scripts & _VOWELLED) and letters >= _FEW and _VOWELS.isdisjoint(lower)
        if turns or len(scripts) > 1 or strange or mute or (not latin and letters == 1):
            seen.others += len(beyond)
            continue
        for c in lower:
            if not c.isascii() and c != "\u0307":
                seen.letters[c] += 1
                seen.frequent += c in _FREQUENT


def _see_wide(text: str, seen: _Seen, encoding: str) -> None:
    for run in _RUN.findall(text):
        if len(run) == 1:  # an accent and the letter after it look like one, too
            seen.others += 1
            continue
        for c in run:
            name = unicodedata.name(c, "?")
            kana = name.startswith(_KANA)
            hangul = name.startswith("HANGUL SYLLABLE") and _is_of_two_high_bytes(c, encoding)
            if hangul or (kana and encoding in _JAPANESE):
                seen.letters[c] += 1
                seen.frequent += 1
            elif not kana and (name.startswith(_WIDE_SIGNS) or _is_common(c, encoding)):
                seen.letters[c] += 1
            else:
                seen.others += 1


def _is_of_two_high_bytes(c: str, encoding: str) -> bool:
    """Whether the syllable is one that Koreans write; the others fill the gaps that Japanese takes for its letters."""
    return min(c.encode(encoding)) >= _HIGH


def _is_common(c: str, encoding: str) -> bool:
    """Whether the character is one of those that the encoding lists first, since they are the commonest."""
    first, last = _FIRST_LEVEL[encoding]
    written = c.encode(encoding)
    return first <= written[0] < last and (encoding != "gb18030" or written[1] >= _HIGH)
