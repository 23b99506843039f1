# ruff: noqa: RUF001 - other alphabets are what this file is for
"""Whether each row of a file is one question of an answer, and which of its columns say what; by the header alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.importing.cells import states, words
from bot.importing.cells.keys import beginnings, key, keys
from bot.importing.columns.moments import is_of_answer
from bot.importing.columns.named import NONE, named
from bot.importing.columns.people import may_be_person
from bot.importing.dates.words import ANY_DATE
from bot.importing.files.header import Column, Header, is_date

_TEXT = states.QUESTION | keys(
    "question name|question label|question body|question wording|question prompt|survey question text|question asked|"
    "question description|questions|question full text|вопрос|frage text|fragetext|questiontext|libellé de la question|"
    "texte de la question|texto de la pregunta|texto da pergunta|testo della domanda|vraagtekst|treść pytania|текст вопроса|"
    "質問|質問文|设问|问题|題目|问题内容|질문|soru|soru metni|otázka|fråga|spørgsmål|spørsmål|kysymys|kérdés|întrebare|ερώτηση|"
    "שאלה|السؤال|คำถาม|câu hỏi|pertanyaan"
)
_MEASURE = keys("metric|measure|driver|kpi|indicator|dimension|metric name|measure name")
"""What may be called so and hold figures alone: one of its cells has to ask for own words, too."""

_ANY_TEXT = _MEASURE | keys(
    "variable|variable label|field|field title|field label|field name|item|item text|prompt|attribute|key"
)
"""What may be called so and hold no questions: one of its cells has to ask for a score."""

_CODE = keys(
    "question id|question code|questionid|qid|question key|question number|question ref|question no|field id|field ref|"
    "variable name|question identifier|question variable"
)
_PART = keys(
    "sub question|subquestion|sub-question|subquestion text|row text|row label|statement|question row|row name"
)
_ANSWERING = beginnings(
    "answer|response|value|score|rating|comment|text!|verbatim|choice|option|selected|numeric|number value|number answer|open!|feedback|"
    "antwort|wert!|kommentar|bewertung|réponse|valeur|note!|commentaire|respuesta|valor|comentario|puntuación|resposta|"
    "comentário|nota!|risposta|valore|commento|voto!|antwoord|waarde|odpowied|wartość|ответ|значение|оценка|回答|答案|"
    "得分|评分|답변|응답|yanıt|cevap|odpověď|svar|vastaus|válasz|răspuns|απάντηση|תשובה|الإجابة|คำตอบ|câu trả lời|jawaban|result!"
)
_BESIDE = beginnings(
    "id!|ids!|uuid|guid|token|key!|code!|status|state!|type!|kind!|count|order!|position|index|language|lang!|channel|source|"
    "url|link|ip!|device|time!|minutes|seconds|duration|created|updated|at!|on!|rate!|number of|required|name!|email"
)
_ID = beginnings("id!|ids!|uuid|guid|token|key!|kennung|numéro|nummer|número|номер")
_ENDS = ("id", "ids", "uuid", "番号", "编号", "編號", "번호")
_LOOK = 50
_MOST_IDS = 6


@dataclass(frozen=True, slots=True)
class QuestionRows:
    """`text` or `code` says which question a row is of, or both do; `part` is a row of its grid.

    `answers` may hold what was answered. `ids` may join the rows of one response, best first: a column, or a person's
    with a day.
    """

    text: Column | None
    code: Column | None
    part: Column | None
    answers: tuple[Column, ...]
    ids: tuple[tuple[Column, ...], ...]
    sure: bool
    needs_words: bool

    @property
    def question(self) -> Column:
        found = self.text or self.code
        assert found is not None  # noqa: S101 - one of the two is what makes it such a file
        return found


def question_rows(header: Header, id_column: str | None) -> QuestionRows | None:
    """Find these columns, or give None where the header names no question or no answer. Raises NoSuchColumn."""
    if header.rows - header.titles != 1:
        return None
    text = _first(header, _TEXT)
    code = _first(header, _CODE)
    sure = text is not None or code is not None
    text = text or _first(header, _ANY_TEXT)
    part = _first(header, _PART)
    asking = {text, code, part}
    answers = tuple(
        column
        for column in header.columns
        if column not in asking
        and column.begins(_ANSWERING)
        and not column.begins(_BESIDE)
        and not _names_something(column)
        and not (column.begins(ANY_DATE) and not column.keys & words.ANSWER)
    )
    if not answers or not (text or code):
        return None
    ids = tuple(_ids(header, {*asking, *answers}, id_column))
    needs_words = text is not None and not text.keys.isdisjoint(_MEASURE)
    return QuestionRows(text, code, part, answers, ids, sure, needs_words)


def _names_something(column: Column) -> bool:
    """Whether it is an id, or a date: ResponseID, 回答ID, 回答日時."""
    dates = column.values[:_LOOK]
    return key(column.question).endswith(_ENDS) or (bool(dates) and all(map(is_date, dates)))


def _first(header: Header, names: frozenset[str]) -> Column | None:
    return next((column for column in header.columns if column.keys & names), None)


def _ids(header: Header, taken: set[Column | None], wanted: str | None) -> Iterator[tuple[Column, ...]]:
    """Give what may join rows: what the operator names, ids of answers, any id, a person, a person with a day."""
    if wanted is not None and wanted.casefold() != NONE:
        yield (named(header, "--id-column", wanted),)
        return
    free = [column for column in header.columns if column not in taken]
    called = [column for names in words.ROW_ID for column in free if column.keys & names]
    ending = [column for column in free if column.begins(_ID) or key(column.question).endswith(_ENDS)]
    persons = [column for column in free if may_be_person(column)]
    ids = list(dict.fromkeys([*called, *ending, *persons]))[:_MOST_IDS]
    for column in ids:
        yield (column,)
    days = [column for column in free if is_of_answer(column)][:1]
    for column in persons[:2] if days else ():
        yield (column, *days)
