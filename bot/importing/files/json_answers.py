"""Questions with their answers inside an answer's JSON, as the services' APIs nest them: each becomes a column."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.importing.errors import ImportProblem

_QUESTION = (
    "question",
    "question_text",
    "questionText",
    "question_title",
    "heading",
    "title",
    "label",
    "text",
    "name",
)
_ANSWER = ("answer", "simple_text", "value", "response", "answer_text", "answerText", "answers", "options")
_SAYS = (
    "text",
    "label",
    "labels",
    "title",
    "name",
    "value",
    "free_response",
    "content",
    "body",
    "answer",
    "heading",
)
_NEEDS_AN_ANSWER = {"label", "text", "title", "name", "heading"}
_LONGEST_REF = 30
_KINDS = {"nps": "NPS {}", "short_text": "short text {}, perhaps a name", "long_text": "text {}"}

_SURVEYMONKEY = {
    "id": "Respondent ID", "collector_id": "Collector ID", "date_created": "Start Date", "date_modified": "End Date",
}  # fmt: skip
_TYPEFORM = {"token": "#", "landed_at": "Start Date (UTC)", "submitted_at": "Submit Date (UTC)"}

Titles = Mapping[str, str]


class AnswersByNumber(ImportProblem):
    def __init__(self) -> None:
        super().__init__(
            "SurveyMonkey’s JSON names questions and choices by number here, so nothing says what was answered: ask its API "
            "with ?simple=true, or export all responses as CSV, and import that file."
        )


def titles_in(one: Mapping[str, Any]) -> dict[str, str]:
    """Give what fields are called by their ids, where the file holds the form: Typeform's `fields`, at whatever depth."""
    titles: dict[str, str] = {}
    for name, value in one.items():
        if name == "fields" and isinstance(value, list):
            for field in filter(_is_object, value):
                if isinstance(field.get("title"), str) and field.get("id"):
                    titles[str(field["id"])] = field["title"]
                titles |= titles_in(field.get("properties") or {})
        elif name in {"form", "definition", "form_response", "data"} and isinstance(value, dict):
            titles |= titles_in(value)
    return titles


def answers_in(value: object, titles: Titles) -> dict[str, str] | None:
    """Give each answer under its question; None where the value is no list of questions. Raises AnswersByNumber."""
    parts = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(parts, list) or not parts or not all(map(_is_object, parts)):
        return None
    pairs: list[tuple[str, str] | None]
    if all(isinstance(part.get("questions"), list) for part in parts):  # SurveyMonkey's pages
        parts = [question for part in parts for question in part["questions"]]
        pairs = [_of_surveymonkey(part) for part in parts]
    elif all(isinstance(part.get("field"), dict) for part in parts):
        pairs = [_of_typeform(part, titles) for part in parts]
    else:
        pairs = [_pair(part) for part in parts]
    known = [pair for pair in pairs if pair]
    if 2 * len(known) < len(pairs):
        return None
    found: dict[str, list[str]] = {}
    for question, answer in known:
        found.setdefault(question, []).append(answer)
    return {question: "\n".join(filter(None, answers)) for question, answers in found.items()}


def said(one: object) -> str:
    """Give what a value says: of an object its text, of a list each on a line."""
    if isinstance(one, bool):
        return str(one).lower()
    if isinstance(one, list):
        return "\n".join(filter(None, map(said, one)))
    if isinstance(one, dict):
        told = next((one[name] for name in _SAYS if one.get(name) is not None), None)
        if told is None and one and all(map(_is_object, one.values())):
            return said(list(one.values()))
        other = said(one.get("other")) if told is not None else ""
        return "\n".join(filter(None, (said(told), other)))
    return "" if one is None else str(one)


def _pair(part: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give a question and its answer, whatever the service calls the two."""
    question = next((name for name in _QUESTION if part.get(name)), None)
    answer = next((name for name in _ANSWER if name in part and name != question), None)
    if question is None or (answer is None and (question in _NEEDS_AN_ANSWER or len(part) == 1)):
        return None
    asked = " ".join(said(part[question]).split())
    return (asked, said(part[answer]) if answer else "") if asked else None


def _of_typeform(part: Mapping[str, Any], titles: Titles) -> tuple[str, str]:
    """Name the question by its title, else by its kind: the answers alone do not tell what was asked."""
    field = part["field"]
    number, ref, kind = (str(field.get(name) or "") for name in ("id", "ref", "type"))
    title = field.get("title") or titles.get(number)
    if not title:
        called = ref if 0 < len(ref) <= _LONGEST_REF else number
        title = _KINDS.get(kind, kind.replace("_", " ") + " {}").format(called)
    return str(title), said(part.get(str(part.get("type"))))


def _of_surveymonkey(part: Mapping[str, Any]) -> tuple[str, str]:
    answers = list(filter(_is_object, part.get("answers") or []))
    texts = [answer.get("simple_text") or answer.get("text") for answer in answers]
    if not all(texts):
        raise AnswersByNumber
    return str(part.get("heading") or f"question {part.get('id')}"), "\n".join(map(str, texts))


def _is_object(one: object) -> bool:
    return isinstance(one, dict)


def as_exported(one: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give what an answer has under the names of its service's own export, so that both are known by the same ids."""
    if "responseId" in one and isinstance(one.get("values"), dict):
        yield from _of_qualtrics(one)
        return
    names: Mapping[str, str] = {}
    if isinstance(one.get("pages"), list):
        names = _SURVEYMONKEY
    elif "landed_at" in one and isinstance(one.get("answers"), list):
        names = _TYPEFORM
    first = [name for name in one if name in names]
    for name in (*first, *(name for name in one if name not in names)):
        yield names.get(name, name), one[name]


def _of_qualtrics(one: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give its values, and in place of those of choices their labels."""
    labels = one.get("labels") or {}
    yield "ResponseId", one["responseId"]
    for name, value in one["values"].items():
        if name != "_recordId":
            yield name if name.startswith("QID") else name[:1].upper() + name[1:], labels.get(name, value)
