"""Tables that people keep by hand: no service wrote them, and their headers are anybody's."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.importing.errors import NoHeader, SeveralScores
from bot.importing.files.rows import Absence
from bot.importing.options import Options
from tests.importing.files import Read, read, table, write

SCORES = [9, 10, 7, 3, 8, 10, 6, 9, 0, 7, 10, 2]
SAID = [f"Le service était rapide, avis {number}" for number in range(12)]
DAYS = [date(2025, 1, 14) + timedelta(days=3 * number) for number in range(12)]
SENT = [day - timedelta(days=9) for day in DAYS]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "suivi.csv"


def in_columns(*columns: tuple[str, list[Any]]) -> str:
    header, cells = zip(*columns, strict=True)
    return table([header, *zip(*cells, strict=True)])


def days(found: Read) -> list[date | None]:
    return [row.answered_at and row.answered_at.date() for row in found.answers]


@pytest.mark.parametrize(
    "header",
    [
        "Avis client", "Avis du client", "Retour client", "Mot du client", "Ce que dit le client", "Customer says",
        "Customer voice", "Customer’s words", "Customer response", "Client review", "Kundenmeinung",
        "Opinión del cliente", "Opinione del cliente", "Klantreactie",
    ],
)  # fmt: skip
def test_what_a_customer_said_is_a_comment(file: Path, header: str) -> None:
    text = in_columns(("Date", [*DAYS]), ("Client", [f"Firma {n} SARL" for n in range(12)]), ("Note", [*SCORES]), (header, [*SAID]))  # fmt: skip
    assert read(write(file, text)).comments == SAID


@pytest.mark.parametrize("header", ["Customer", "Client name", "Customer address", "Client product"])
def test_what_a_customer_is_called_is_none(file: Path, header: str) -> None:
    text = in_columns(("Date", [*DAYS]), ("Note", [*SCORES]), (header, [*SAID]))
    assert not any(read(write(file, text)).comments)


@pytest.mark.parametrize(
    ("sent", "back"),
    [
        ("Date d'envoi", "Date de retour"), ("Date envoi", "Date réception"), ("Envoyé le", "Reçu le"),
        ("Emailed", "Replied"), ("Verzonden", "Ontvangen"), ("Verzonden op", "Beantwoord op"),
        ("Versendet am", "Eingegangen am"), ("Fecha de envío", "Fecha de respuesta"), ("Data invio", "Data risposta"),
        ("Data de envio", "Data da resposta"), ("Data wysłania", "Data odpowiedzi"),
    ],
)  # fmt: skip
def test_an_answer_is_of_the_day_it_came_back(file: Path, sent: str, back: str) -> None:
    for columns in (((sent, [*SENT]), (back, [*DAYS])), ((back, [*DAYS]), (sent, [*SENT]))):
        assert days(read(write(file, in_columns(*columns, ("Note", [*SCORES]))))) == DAYS


@pytest.mark.parametrize("header", ["Date d'envoi", "Verzonden op", "Data invio"])
def test_where_nothing_came_back_the_day_of_sending_is_that_of_submitting(file: Path, header: str) -> None:
    assert days(read(write(file, in_columns((header, [*DAYS]), ("Note", [*SCORES]))))) == DAYS


@pytest.mark.parametrize("options", [Options(), Options(score_column="2")])
@pytest.mark.parametrize("first", ["2025-01-14", "anna@example.com", "Très bon service, merci"])
def test_a_table_without_a_header_loses_no_first_answer(file: Path, first: str, options: Options) -> None:
    rows = [(first, 9), *((first, score) for score in SCORES)]
    with pytest.raises(NoHeader, match=r"^Line 1 holds data, not names"):
        read(write(file, table(rows)), options)


def test_neither_does_a_column_of_scores_alone(file: Path) -> None:
    with pytest.raises(NoHeader):
        read(write(file, "9\n10\n7\n3\n"), Options(score_column="1"))


def test_a_question_may_be_called_by_its_number(file: Path) -> None:
    text = table([("Date", "1", "2"), *zip(DAYS, SCORES, SAID, strict=True)])
    assert read(write(file, text), Options(score_column="1")).scores == SCORES


@pytest.mark.parametrize(
    "header", ["Motif", "Motif principal", "Raison", "Reason", "Grund", "Motivo", "Reden"]
)
def test_a_short_file_has_its_reasons_beside_its_comments(file: Path, header: str) -> None:
    reasons = ["Prix", "Délai", "Produit", "Prix", "Accueil", "Délai"] * 2
    text = in_columns(("Date", [*DAYS]), ("Note", [*SCORES]), (header, [*reasons]), ("Commentaire", [*SAID]))
    found = read(write(file, text))
    assert (found.comments, found.drivers) == (SAID, {"Prix": 4, "Délai": 4, "Produit": 2, "Accueil": 2})


@pytest.mark.parametrize(
    "name",
    [
        "Sous-total Lyon", "Moyenne Lyon", "Zwischensumme Lyon", "Durchschnitt Lyon", "Promedio Lyon", "Media Lyon",
        "Gemiddelde Lyon", "Średnia Lyon", "Итого Lyon",
    ],
)  # fmt: skip
def test_the_average_of_a_shop_is_no_answer(file: Path, name: str) -> None:
    rows = [("Magasin", "Note", "Avis", "Date"), ("Lyon", 9, "Parfait", "2025-01-14"), ("Lyon", 7, "Bien", "2025-01-15")]  # fmt: skip
    rows += [(name, 8, "", ""), ("Paris", 3, "Lent", "2025-01-16"), (name, "6,5", "", "")]
    found = read(write(file, table(rows)))
    assert (found.scores, [row.why for row in found.left_out], found.bad) == (
        [9, 7, 3],
        [Absence.TOTAL] * 2,
        [],
    )


def test_a_shop_of_such_a_name_answers_on_a_day(file: Path) -> None:
    rows = [("Magasin", "Note", "Date"), ("Media Markt", 9, "2025-01-14"), ("Suma Paris", 7, "2025-01-15")]
    assert read(write(file, table(rows))).scores == [9, 7]


@pytest.mark.parametrize(
    "header",
    [
        "Note globale", "Note donnée", "Note du client", "Note client", "Note finale", "Overall rating", "Rating given",
        "Customer rating", "Nota general", "Gesamtbewertung", "Gesamtnote", "Rapportcijfer", "Évaluation", "Valoración",
        "Mark",
    ],
)  # fmt: skip
def test_a_note_may_say_whose_it_is(file: Path, header: str) -> None:
    text = in_columns(("Date", [*DAYS]), (header, [*SCORES]), ("Commentaire", [*SAID]))
    assert read(write(file, text)).scores == SCORES


def test_the_note_itself_goes_before_one_of_all(file: Path) -> None:
    text = in_columns(("Date", [*DAYS]), ("Note globale", [10] * 12), ("Note", [*SCORES]))
    assert read(write(file, text)).scores == SCORES


def test_of_several_such_notes_one_is_asked_for(file: Path) -> None:
    text = in_columns(("Date", [*DAYS]), ("Note globale", [10] * 12), ("Note du client", [*SCORES]))
    with pytest.raises(SeveralScores):
        read(write(file, text))
