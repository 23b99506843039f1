"""Which column names the person, and which tell what else is known of them."""

from collections.abc import Sequence

from bot.importing.cells.keys import beginnings, key, keys
from bot.importing.columns.comments import in_words
from bot.importing.columns.named import NONE, named
from bot.importing.files.header import Column, Header, is_date

_EMAIL = keys(
    "email|e-mail|email address|e-mail address|recipient email|customer email|contact email|user email|person email|"
    "respondent email|adresse e-mail|adresse email|courriel|e-mail-adresse|correo electrónico|correo|endereço de e-mail|"
    "indirizzo email|indirizzo e-mail|e-mailadres|adres e-mail|электронная почта|メールアドレス|person.properties.email|"
    "enduser.email|end user email|nom d'utilisateur|username|nutzername|nombre de usuario|nome de usuário|nome utente|"
    "gebruikersnaam"
)
_PERSON = keys(
    "person id|customer id|user id|contact id|external reference|external data reference|external id|visitor id|"
    "distinct id|respondent id|respondent uuid|recipient id|member id|account id|client id|customer|contact|person|"
    "end user id|enduserid|userid|panelist id|employee id"
)
_PRIVATE = beginnings(
    "email|mail|e mail|name!|first name|last name|firstname|lastname|phone|mobile|telephone|tel!|address|ip!|latitude|"
    "longitude|lat!|lon!|lng!|birth|dob!|url|link|permalink|uuid|id!|user agent|token|session|seed|ssn|passport|"
    "vorname|nachname|prénom|nom!|nombre|apellido|nome!|cognome|sobrenome|duration|time taken|progress|internal|note"
)
_STAFF = beginnings(
    "agent|owner|assign|csm!|account manager|manager|sales|rep!|staff|internal|sender|sent by|from!|our!|team!|handled|"
    "responsible|collector|created by|updated by|betreuer|berater|verantwort|bearbeiter|responsable|conseiller|gestor|"
    "asesor|consulente|beheerder|opiekun|менеджер"
)
_MOST_VALUES = 40
_MOST_PROPERTIES = 12
_LONGEST = 60
_REPEATED = 0.5


def person_column(header: Header, columns: Sequence[Column], wanted: str | None) -> Column | None:
    """Find the column that names the person: an e-mail address before an id."""
    if wanted is not None:
        return None if wanted.casefold() == NONE else named(header, "--person-column", wanted)
    mailed = [
        column
        for column in columns
        if column.values and 2 * sum("@" in cell for cell in column.values) >= len(column.values)
    ]
    theirs = [column for column in mailed if not column.begins(_STAFF)]
    called = [column for column in theirs if column.keys & _EMAIL]
    ids = [
        column for column in columns if column.values and column.keys & _PERSON and not in_sentences(column)
    ]
    return next(iter([*called, *theirs[:1], *ids]), None)


def may_be_person(column: Column) -> bool:
    """Whether the header says that the column names a person."""
    return bool(column.values) and bool(column.keys & (_EMAIL | _PERSON)) and not in_sentences(column)


def in_sentences(column: Column) -> bool:
    return any(len(cell) > _LONGEST for cell in column.values)


def property_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Find the columns that sort people: few and short values, such as a plan or a country. Nothing personal is one."""
    return tuple(column for column in columns if _sorts(column))[:_MOST_PROPERTIES]


def _sorts(column: Column) -> bool:
    values = set(column.values)
    return (
        bool(column.question)
        and not column.asks
        and not column.begins(_PRIVATE)
        and 0 < len(values) <= _MOST_VALUES
        and len(values) <= max(1, len(column.values) * _REPEATED)
        and all(len(value) <= _LONGEST and "@" not in value for value in values)
        and not any(map(is_date, values))
        and (in_words(column) or bool(key(column.question)))
    )
