# ruff: noqa: RUF001 - people write these signs
"""What Google Forms does to a file that the samples do not show."""

from pathlib import Path

import pytest

from bot.importing.options import Format
from tests.importing.files import read, table, write

QUESTION = "How likely is it that you would recommend Acme to a friend or colleague?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


@pytest.mark.parametrize(
    ("timestamp", "question"),
    [
        ("Timestamp", "How likely are you to recommend us?"),
        ("Horodateur", "Nous recommanderiez-vous à un ami ?"),
        ("Zeitstempel", "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?"),
        ("Marca temporal", "¿Qué tan probable es que nos recomiende?"),
        ("Carimbo de data/hora", "Qual a probabilidade de você nos recomendar?"),
        ("Informazioni cronologiche", "Con quale probabilità ci consiglieresti a un amico?"),
        ("Tijdstempel", "Hoe waarschijnlijk is het dat u ons zou aanbevelen?"),
        ("Tidstämpel", "Hur troligt är det att du rekommenderar oss?"),
        ("Aikaleima", "Kuinka todennäköisesti suosittelisit meitä?"),
        ("Sygnatura czasowa", "Na ile prawdopodobne jest, że polecisz nas znajomym?"),
        ("Отметка времени", "Насколько вероятно, что вы порекомендуете нас?"),
        ("タイムスタンプ", "友人に薦める可能性はどのくらいありますか？"),
        ("时间戳记", "您向朋友推荐我们的可能性有多大？"),
        ("타임스탬프", "친구에게 추천할 가능성은 얼마나 됩니까?"),
        ("Ein ganz anderes Wort", "Would you recommend us?"),
    ],
)
def test_header_is_in_another_language(file: Path, timestamp: str, question: str) -> None:
    rows = [[timestamp, question], ["2024/10/14 9:10:05", 9], ["2024/10/14 9:10:05", 3]]
    found = read(write(file, table(rows)))
    assert found.format is Format.GOOGLE_FORMS
    assert found.scores == [9, 3]
    assert found.moments[0] == "2024-10-14T09:10:05+00:00"


def test_choices_are_joined_by_semicolons_in_its_own_download(file: Path) -> None:
    rows = [
        ["Timestamp", QUESTION, "What influenced your score?"],
        ["2024/10/14 9:10:05 AM GMT+2", 9, "Customer experience;Price, value for money"],
        ["2024/10/14 9:10:06 PM GMT+2", 9, "Price, value for money"],
    ]
    found = read(write(file, table(rows)))
    assert [row.drivers for row in found.answers] == [
        ("experience", "Price, value for money"),
        ("Price, value for money",),
    ]
    assert found.moments == ["2024-10-14T07:10:05+00:00", "2024-10-14T19:10:06+00:00"]


def test_label_with_a_comma_is_one_choice(file: Path) -> None:
    cells = [
        "Prix, rapport qualité, Service et support",
        "Prix, rapport qualité",
        "Service et support",
        "Accueil",
    ]
    rows = [
        ["Horodateur", "Nous recommanderiez-vous ?", "Qu'est-ce qui a influencé votre note ?"],
        *(["14/10/2024 09:10:05", 9, cell] for cell in cells),
    ]
    assert read(write(file, table(rows))).drivers == {
        "Prix, rapport qualité": 2,
        "support": 2,
        "Accueil": 1,
    }


def test_times_are_written_with_dots(file: Path) -> None:
    rows = [["Informazioni cronologiche", "Ci consiglieresti?"], ["14/10/2024 19.07.17", 9]]
    assert read(write(file, table(rows))).moments == ["2024-10-14T19:07:17+00:00"]
