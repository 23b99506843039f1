"""The modal of `/nps settings`: what counts for the whole workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from slackblocks import (
    Block,
    CheckboxGroup,
    Element,
    ModalView,
    NumberInput,
    Option,
    OptionGroup,
    PlainText,
    PlainTextInput,
    SectionBlock,
    StaticMultiSelectMenu,
    UserMultiSelectMenu,
)

from bot.ids import Callback, Field
from bot.kit.rules.working_hours import USUAL, WorkingTime
from bot.mark import mark
from bot.message import Json, view
from bot.surveys.views.form_fields import labelled, menu
from bot.typed import one_line
from bot.wording import Words
from bot.workspace.rules.parts import SettingsPart
from bot.workspace.rules.wishes import WishError
from bot.workspace.views.places import country_name, sort_key
from bot.workspace.views.working_days import clock_value, days_and_hours, week_from
from storage.words import ANONYMOUS_DAYS, MOST_QUARANTINE_DAYS, QUARANTINE_DAYS

OFFERED = 100
"""Slack takes no longer menu."""
REGIONS_LENGTH = 200
STEP = 30
"""Minutes between the times that a menu offers."""
_DAY = 24 * 60

ERRORS = {
    WishError.QUARANTINE_OUT_OF_RANGE: mark("Choose a whole number of days from 0 to {most}."),
    WishError.NO_WORKING_DAY: mark("Choose at least one day, or nobody is ever asked."),
    WishError.ENDS_BEFORE_IT_BEGINS: mark("The day must end later than it begins."),
    WishError.DAY_TOO_LONG: mark("Leave people a night: choose at most 12 hours."),
    WishError.NO_SUCH_COUNTRY: mark("I know no public holidays there. Choose a country from the list."),
    WishError.NO_SUCH_REGION: mark(
        "I do not know this region. Write codes such as CA-QC, with commas between."
    ),
    WishError.NO_CLOCK_TIME: mark("Choose a clock time, such as 09:00."),
}


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """What counts now; `groups_offered` pairs the ids of user groups with their names, `countries` are those whose holidays are known.

    `own` are the parts that managers have set; `usual_quarantine` is the quarantine without that.
    """

    quarantine_days: int = QUARANTINE_DAYS
    working: WorkingTime = USUAL
    managers: tuple[str, ...] = ()
    manager_groups: tuple[str, ...] = ()
    groups_offered: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()
    own: frozenset[SettingsPart] = frozenset()
    usual_quarantine: int = QUARANTINE_DAYS


def render(facts: SettingsFacts, words: Words) -> Json:
    """Make the modal; `errors` words what may come back to it."""
    return view(
        ModalView(
            title=words("Settings"),
            submit=words("Save"),
            close=words("Cancel"),
            callback_id=Callback.SETTINGS,
            blocks=[
                SectionBlock(
                    PlainText(words("This counts for every survey, and for all that is still to be sent."))
                ),
                *_asking(facts, words),
                *_managing(facts, words),
                *_back(facts, words),
            ],
        )
    )


def errors(found: Mapping[Field, WishError], words: Words) -> dict[str, str]:
    """Give the sentence for each wrong field, as `response_action: errors` takes it."""
    return {field.value: words(ERRORS[error], most=MOST_QUARANTINE_DAYS) for field, error in found.items()}


def _asking(facts: SettingsFacts, words: Words) -> list[Block]:
    quarantine = NumberInput(
        is_decimal_allowed=False,
        action_id=Field.QUARANTINE,
        initial_value=str(facts.quarantine_days),
        min_value=0,
        max_value=MOST_QUARANTINE_DAYS,
    )
    days = {day: _option(words.weekday(day), str(day)) for day in week_from(facts.working.first_day)}
    ticked = [option for day, option in days.items() if day in facts.working.days]
    return [
        labelled(
            Field.QUARANTINE,
            words("Days from one question to a person to the next"),
            quarantine,
            hint=words(
                "Over all surveys. With 0 each survey asks in its own rhythm. From one anonymous question to the next it is {days} days at least.",
                days=ANONYMOUS_DAYS,
            ),
        ),
        labelled(
            Field.WORKING_DAYS,
            words("Working days"),
            CheckboxGroup(
                action_id=Field.WORKING_DAYS, options=list(days.values()), initial_options=ticked or None
            ),
            hint=words("Nobody is asked or reminded on other days."),
        ),
        labelled(
            Field.OPENS,
            words("The day begins at"),
            _clock(Field.OPENS, facts.working.opens, words),
            hint=words("By the clock of each person's own time zone."),
        ),
        labelled(Field.CLOSES, words("The day ends at"), _clock(Field.CLOSES, facts.working.closes, words)),
        *_holidays(facts.working.holidays, facts.countries, words),
    ]


def _holidays(places: tuple[str, ...], known: tuple[str, ...], words: Words) -> list[Block]:
    countries = {country: _option(country_name(country, words), country) for country in known}
    listed = sorted(countries.values(), key=lambda option: sort_key(option.text.text))
    menu_of_countries = StaticMultiSelectMenu(
        action_id=Field.HOLIDAYS,
        options=None,  # type: ignore[arg-type]  # it takes none beside groups
        option_groups=[_letters(listed[start : start + OFFERED]) for start in range(0, len(listed), OFFERED)],
        placeholder=words("Countries"),
    )
    # Slack wants options here, and the library groups.
    menu_of_countries.initial_options = [countries[one] for one in places if one in countries] or None
    regions = ", ".join(place for place in places if "-" in place)
    return [
        labelled(
            Field.HOLIDAYS,
            words("Public holidays of these countries"),
            menu_of_countries,
            hint=words("Nobody is asked on a holiday of the country that their time zone is in."),
            optional=True,
        ),
        labelled(
            Field.REGIONS,
            words("And of these regions"),
            PlainTextInput(
                action_id=Field.REGIONS,
                initial_value=regions or None,
                placeholder="CA-QC, DE-BY",
                max_length=REGIONS_LENGTH,
            ),
            hint=words("The country's code, a dash, the region's code; with commas between."),
            optional=True,
        ),
    ]


def _letters(options: list[Option]) -> OptionGroup:
    """Name a part of the list by its first letter and its last."""
    first, last = (sort_key(options[end].text.text)[0].upper() for end in (0, -1))
    return OptionGroup(label=PlainText(f"{first}-{last}"), options=options)


def _clock(field: Field, chosen: time, words: Words) -> Element:
    times = {time(*divmod(minute, 60)) for minute in range(0, _DAY, STEP)} | {chosen}
    return menu(
        field, {clock_value(one): words.clock_time(one) for one in sorted(times)}, clock_value(chosen)
    )


def _managing(facts: SettingsFacts, words: Words) -> list[Block]:
    people = UserMultiSelectMenu(
        action_id=Field.MANAGERS, initial_users=list(facts.managers) or None, placeholder=words("People")
    )
    blocks = [
        labelled(
            Field.MANAGERS,
            words("These people manage too"),
            people,
            hint=words("Beside the admins and owners of the workspace. A manager sees every result."),
            optional=True,
        )
    ]
    names = dict(facts.groups_offered)
    # A group that Slack does not list stays until somebody takes it away.
    offered = list(dict.fromkeys([*facts.manager_groups, *names]))[:OFFERED]
    if offered:
        options = {group: _option(one_line(names.get(group, group)), group) for group in offered}
        groups = StaticMultiSelectMenu(
            action_id=Field.MANAGER_GROUPS,
            options=list(options.values()),
            initial_options=[options[group] for group in facts.manager_groups if group in options] or None,
            placeholder=words("User groups"),
        )
        blocks.append(
            labelled(Field.MANAGER_GROUPS, words("Members of these groups too"), groups, optional=True)
        )
    return blocks


def _back(facts: SettingsFacts, words: Words) -> list[Block]:
    if not facts.own:
        return []
    labels = {
        SettingsPart.QUARANTINE: words.plural(
            "The quarantine: {n} day", "The quarantine: {n} days", facts.usual_quarantine
        ),
        SettingsPart.HOURS: words("Days and hours: {usual}", usual=days_and_hours(USUAL, words)),
        SettingsPart.HOLIDAYS: words("Public holidays: none"),
        SettingsPart.MANAGERS: words("Managers: admins and owners alone"),
    }
    options: Sequence[Option] = [_option(label, part) for part, label in labels.items() if part in facts.own]
    return [
        labelled(
            Field.BACK,
            words("Back to what it was at first"),
            CheckboxGroup(action_id=Field.BACK, options=list(options)),
            hint=words("What you tick here goes back, whatever stands above."),
            optional=True,
        )
    ]


def _option(label: str, value: str) -> Option:
    return Option(text=PlainText(label), value=value)


_KNOWN = ("AT", "CA", "DE", "FR", "US")
_SET = SettingsFacts(
    quarantine_days=30,
    working=WorkingTime((0, 1, 2, 3, 6), time(8), time(16), ("CA", "CA-QC", "FR")),
    managers=("U2",),
    manager_groups=("S1PEOPLE", "S9GONE"),
    groups_offered=(("S1PEOPLE", "People team"), ("S2SALES", "Sales")),
    countries=_KNOWN,
    own=frozenset(SettingsPart),
)

EXAMPLES = {
    "nothing set": SettingsFacts(countries=_KNOWN),
    "everything set": _SET,
    "a quarantine set": replace(
        SettingsFacts(countries=_KNOWN),
        quarantine_days=0,
        usual_quarantine=1,
        own=frozenset({SettingsPart.QUARANTINE}),
    ),
}
