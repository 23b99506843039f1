"""The people of the demo's workspace, and what they would say."""

import random
from dataclasses import dataclass

from bot.sandbox.records import Channel, SlashCommand, User, UserGroup
from bot.sandbox.workspace import Sandbox
from scoring.scale import Category, category_of
from storage.words import DRIVERS_OF, Driver, Kind

MANAGER = "U01MAYA"
READER = "U02AMELIE"
UPSET, CURIOUS, CARER, UNHEARD = "U03BRUNO", "U04CHEN", "U05DANA", "U06ELIAS"
LATE, SLEEPER, DONE = "U08GRACE", "U09HUGO", "U11JACK"
GENERAL, DIGESTS, CARE = "C01GENERAL", "C02NPS", "C04CARE"

PEOPLE = (
    User(MANAGER, "maya", "Maya Lind", "Head of People", "Europe/Paris", "en-GB", is_admin=True),
    User(READER, "amelie", "Amélie Roy", "Designer", "Europe/Paris", "fr-FR"),
    User(UPSET, "bruno", "Bruno Petit", "Support", "America/Toronto", "fr-CA"),
    User(CURIOUS, "chen", "Chen Wei", "Engineer", "Asia/Shanghai", "en-US"),
    User(CARER, "dana", "Dana Okafor", "Sales", "Africa/Lagos", "en-GB"),
    User(UNHEARD, "elias", "Elias Berg", "Engineer", "Europe/Berlin", "en-US"),
    User("U07FATIMA", "fatima", "Fatima Zahra", "Finance", "Africa/Casablanca", "fr-FR"),
    User(LATE, "grace", "Grace Kim", "Product", "America/Los_Angeles", "en-US"),
    User(SLEEPER, "hugo", "Hugo Silva", "Engineer", "America/Sao_Paulo", "en-US"),
    User("U10INES", "ines", "Inês Duarte", "Marketing", "Europe/Lisbon", "en-GB"),
    User(DONE, "jack", "Jack Moore", "Sales", "America/New_York", "en-US"),
    User("U12KAVYA", "kavya", "Kavya Rao", "Engineer", "Asia/Kolkata", "en-GB"),
)
_OTHERS = (
    User("U13DEPLOY", "deploybot", "Deploybot", is_bot=True),
    User("U14LIAM", "liam", "Liam Former", "Engineer", "Europe/Dublin", "en-GB", deleted=True),
)

_COMMENTS: dict[str, dict[Category, tuple[str, ...]]] = {
    "en": {
        Category.PROMOTER: ("Good people, and we finish what we start.", "I learn something every week."),
        Category.PASSIVE: ("Fine, but meetings eat my mornings.", "Clearer priorities would help."),
        Category.DETRACTOR: (
            "Support tickets wait for days and nobody owns them.",
            "We hear about decisions too late.",
        ),
    },
    "fr": {
        Category.PROMOTER: ("Une équipe bienveillante et de vraies responsabilités.",),
        Category.PASSIVE: ("Bien, mais les priorités changent trop souvent.",),
        Category.DETRACTOR: ("On apprend les décisions trop tard.",),
    },
}

_ON_THEIR_MINDS = Driver.MANAGEMENT
"""What those who are not content name most: what is done about it is told in the demo."""


@dataclass(frozen=True)
class Opinion:
    """What somebody taps, and perhaps says."""

    score: int
    comment: str | None
    drivers: tuple[str, ...]
    may_contact: bool = False


def furnish(slack: Sandbox) -> None:
    """Let the people in and open the channels; the app is not in the private one."""
    for user in (*PEOPLE, *_OTHERS):
        slack.add_user(user)
    everyone = tuple(user.id for user in (*PEOPLE, *_OTHERS))
    slack.add_channel(Channel(GENERAL, "general", (*everyone, slack.bot_user_id)))
    slack.add_channel(Channel(DIGESTS, "nps", (MANAGER, READER, slack.bot_user_id)))
    slack.add_channel(Channel(CARE, "care", (MANAGER, CARER, slack.bot_user_id)))
    slack.add_channel(Channel("C03LEADERS", "leadership", (MANAGER, CARER), is_private=True))
    slack.add_user_group(UserGroup("S01ENGINEERS", "Engineers", "engineers", _with_title("Engineer")))
    slack.add_user_group(UserGroup("S02SALES", "Sales", "sales", _with_title("Sales")))
    slack.commands = [
        SlashCommand("/nps", "", "The result of the newest survey"),
        SlashCommand("/nps", "new", "Make a survey (managers)"),
        SlashCommand("/nps", "list", "Every survey and where it stands"),
        SlashCommand("/nps", "waves", "How far each open wave has come (managers)"),
        SlashCommand("/nps", "cases", "Who may be contacted (managers, #care)"),
        SlashCommand("/nps", "actions", "You said, we did (managers)"),
        SlashCommand("/nps", "export", "Every answer as a file (managers)"),
        SlashCommand("/nps", "help", "Everything you can type"),
    ]


def _with_title(title: str) -> tuple[str, ...]:
    return tuple(user.id for user in PEOPLE if user.title == title)


def opinion(user: User, mood: float, dice: random.Random) -> Opinion:
    """Throw the dice for one person. `mood` is the score that most are near."""
    score = max(0, min(10, round(dice.gauss(mood, 1.8))))
    comment = dice.choice(_COMMENTS[user.locale[:2]][category_of(score)])
    drivers = tuple(dice.sample(DRIVERS_OF[Kind.EMPLOYEES], k=dice.choice((0, 1, 1, 2))))
    if not drivers[1:] and _ON_THEIR_MINDS not in drivers and category_of(score) is not Category.PROMOTER:
        drivers = (*drivers, _ON_THEIR_MINDS)  # so that `/nps drivers` has something to tell
    return Opinion(score, dice.choice((comment, None)), drivers)
