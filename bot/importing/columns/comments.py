"""Which columns hold what a person said in their own words."""

import re
from collections.abc import Sequence

from bot.importing.cells import words
from bot.importing.cells.keys import beginnings, key, keys
from bot.importing.files.header import Column, Record, is_date

_NUMBER = re.compile(r"[\d\s.,%+-]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+|[0-9a-f]{8}-[0-9a-f-]{20,40}", re.IGNORECASE
)
_ID = re.compile(r"[^\s\d]*\d\S*")
_UNSPACED = re.compile(
    "[\u0e01-\u0e5b\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)  # Thai, Japanese, Chinese; Korean of one word
_REASON = beginnings("reason|comment|text!|verbatim")
_LANGUAGES = keys(
    "en|eng|english|fr|french|francais|de|german|deutsch|es|spanish|espanol|it|italian|pt|nl|translation|translated|traduction|"
    "traduit|ubersetzung|traduccion|traducao|vertaling"
)
_ORIGINAL = {"original", "originale", "origineel", "native", "source"}
_CLOSED = beginnings(
    "may we|may i|can we|could we|would you|do you|did you|did we|are you|have you|has your|is it|was it|were you|should we|allow|"
    "puis je|pouvons|acceptez|souhaitez|avez vous|etes vous|durfen wir|konnen wir|mochten sie|haben sie|sind sie|podemos|"
    "desea|quiere|ha sido|gostaria|voce|possiamo|vuole|mogen we|wilt u|heeft u|kan vi|far vi|vill du|czy|mozemo|можем|хотите"
)
# A question about the person, who may answer in sentences: no word on the score.
_ABOUT_THEM = beginnings(
    "hear about|heard about|hear of us|find us|found us|your role|your job|your position|your company|your industry|your department|"
    "your team|your name|your country|describe your|where do you|where are you|how long have you|how often do you|"
    "when did you|best describes|which department|what department|which team|what team|which company|which country|full name|first name|last name|postal address|"
    "nom complet|votre nom!|votre prenom|ihr name|dein name|vorname|nachname|su nombre|tu nombre|nombre completo|seu nome|"
    "nome completo|tuo nome|suo nome|ti chiami|si chiama!|uw naam|je naam|вас зовут|ваше имя|お名前|氏名|名前|姓名|이름|votre adresse|"
    "ihre adresse|su direccion|seu endereco|suo indirizzo|uw adres|connu|entendu parler|votre role|votre poste|votre fonction|aufmerksam|von uns erfahren|ihre rolle|ihre position|"
    "nos conocio|su puesto|su cargo|nos conheceu|seu cargo|ci ha conosciuto|suo ruolo|kent u ons|uw functie"
)
_OTHER_MEASURES = beginnings(
    "csat!|osat!|ces!|pmf!|overall sat|satisfaction|effort!|ease!|zufriedenheit|satisfac|soddisfazione"
)
_A_TITLE = 2  # Sales Manager
_SEVERAL = 4
_REPEATED = 20
_FREE = 0.5


def comment_columns(columns: Sequence[Column], score: Column, sample: Sequence[Record] = ()) -> list[Column]:
    """Give the questions for a reason; else what is called a text; else the free text that follows the score.

    Addresses, ids, names, dates and what our own people wrote are none.
    """
    ours = [
        column
        for column in columns
        if not _is_of_others(column)
        and not column.begins(_ABOUT_THEM)
        and not _is_yes_or_no(column)
        and not _is_translation(column, columns, sample)
    ]
    asked = [
        column
        for column in ours
        if column.says(words.COMMENT) and (not column.values or not _are_mostly(column, _NUMBER, _ADDRESS))
    ]
    of_nps = any(column.begins(words.RECOMMEND_WORDS) and not column.asks for column in asked)
    asked = [column for column in asked if not of_nps or column.asks or not column.begins(_OTHER_MEASURES)]
    asked = [column for column in asked if not _repeats(column)] or asked
    if asked:
        return [
            column
            for column in ours
            if column in asked
            or (column.number > score.number and (_is_told(column) or _is_for_others(column, asked, sample)))
        ]
    worded = [column for column in ours if not column.values or (in_words(column) and not _repeats(column))]
    called = [column for column in worded if _is_called_a_comment(column) and not _chosen_from_few(column)]
    if called:
        after = [column for column in called if column.number > score.number]
        return (after or called)[:1]
    later = [column for column in worded if column.number > score.number]
    answered = [column for column in later if _is_free_text(column) and not _is_of_things(column)]
    open_questions = [column for column in later if column.asks or key(column.label) in words.GENERIC_LABELS]
    before = [column for column in worded if _is_told(column) and not column.begins(words.NO_DRIVER)]
    best = (answered or open_questions or before[::-1])[:1]
    return best + [
        column
        for column in answered
        if column not in best and (_is_told(column) or _is_for_others(column, best, sample))
    ]


def _is_yes_or_no(column: Column) -> bool:
    """Whether it is answered with yes and no: “May we write to you about your feedback?”."""
    cells = column.values
    closed = len(cells) >= _REPEATED or column.begins(_CLOSED)
    return closed and bool(cells) and {key(cell) for cell in cells} <= words.YES | words.NO


def _is_translation(column: Column, columns: Sequence[Column], sample: Sequence[Record]) -> bool:
    """Whether another column has the same name but for a language, and mostly says something where it does.

    Comment and Comment_EN; where people answer in one of two languages, one of the two is blank.
    """
    name = column.words.split()
    return any(
        len(name) > 1
        and (name[-1] in _LANGUAGES or name[0] in _LANGUAGES)
        and name in _with_language(other, name)
        and not _stands_in_for(column, other, sample)
        for other in columns
        if other is not column
    )


def _stands_in_for(column: Column, other: Column, sample: Sequence[Record]) -> bool:
    told = [record for record in sample if column.cell(record).strip()]
    return bool(told) and 2 * sum(not other.cell(record).strip() for record in told) > len(told)


def _with_language(other: Column, name: list[str]) -> list[list[str]]:
    begun = [word for word in other.words.split() if word not in _ORIGINAL]
    return [[*begun, name[-1]], [name[0], *begun]]


def in_words(column: Column) -> bool:
    """Whether most cells are words, and neither numbers, dates, addresses nor ids."""
    return not _are_mostly(column, _NUMBER, _ADDRESS, _ID)


def _are_mostly(column: Column, *forms: re.Pattern[str]) -> bool:
    """Whether half of the cells at least have one of the forms, or are dates."""
    fitting = sum(
        any(form.fullmatch(cell.strip()) for form in forms) or is_date(cell) for cell in column.values
    )
    return 2 * fitting >= len(column.values)


def _is_of_others(column: Column) -> bool:
    """Whether the header says that it is not the person's own words. A question may hold any word."""
    if column.asks:
        return False
    return column.begins(words.OF_STAFF) or (column.begins(words.NO_COMMENT) and not _is_about_score(column))


def _is_of_things(column: Column) -> bool:
    """Whether the header names somebody, a place or a thing, which has several words, too."""
    return column.begins(words.NAMED_THINGS) and not column.asks


def _is_called_a_comment(column: Column) -> bool:
    """Whether it has a name of comments: Review, also where it says that it is a customer's."""
    if column.keys & words.MAYBE_COMMENT:
        return True
    named = column.words.split()
    said = "".join(word for word in named if word not in words.CUSTOMERS)
    return len(named) > 1 and said in words.SAID_BY_CUSTOMER


def _is_about_score(column: Column) -> bool:
    """Reason for your score, Comment on your rating: the word of the score does not make it one."""
    rated = any(name in column.words for name in (" score ", " rating ", " note "))
    return rated and (column.says(words.COMMENT) or column.begins(_REASON))


def _chosen_from_few(column: Column) -> bool:
    """Whether the cells repeat as choices do, and not as own words."""
    cells = column.values
    return len(cells) >= _REPEATED and len(set(cells)) <= len(cells) / 10 and not column.asks


def _repeats(column: Column) -> bool:
    """Whether all cells say the same, or few and each a question: what was asked, or what our people always write."""
    cells = column.values
    if len(cells) < _SEVERAL or column.asks:
        return False
    texts = set(cells)
    asked = sum(cell.rstrip().endswith("?") for cell in cells)
    return len(texts) == 1 or (2 * len(texts) <= len(cells) and 2 * asked > len(cells))


def _are_words(cell: str) -> bool:
    """Whether the cell has several words: apart, or in a script that writes none apart."""
    return " " in cell.strip() or len(_UNSPACED.findall(cell)) >= _SEVERAL


def _is_told(column: Column) -> bool:
    """Whether an open question is answered in sentences: another one than that for the reason."""
    sentences = sum(
        len(cell.split()) > _A_TITLE or len(_UNSPACED.findall(cell)) > _SEVERAL for cell in column.values
    )
    return column.asks and in_words(column) and _is_free_text(column) and 2 * sentences >= len(column.values)


def _is_for_others(column: Column, found: Sequence[Column], sample: Sequence[Record]) -> bool:
    """Whether it asks those who answered none of the found ones: detractors where these are for promoters."""
    asked = [record for record in sample if column.cell(record).strip()]
    return (
        column.asks
        and not column.begins(words.NO_DRIVER)
        and in_words(column)
        and _is_free_text(column)
        and 2 * sum(map(_are_words, column.values)) >= len(column.values)
        and not any(other.cell(record).strip() for other in found for record in asked)
    )


def _is_free_text(column: Column) -> bool:
    """Whether most cells are several words, seldom the same twice."""
    cells = column.values
    if not cells or not (column.asks or sum(map(_are_words, cells)) >= len(cells) * _FREE):
        return False
    enough = _REPEATED if column.asks else _SEVERAL
    return len(cells) < enough or len(set(cells)) > len(cells) * _FREE
