"""One-sentence answers: what is wrong, and what to do about it."""

from collections.abc import Callable
from functools import partial

from bot.ids import COMMAND
from bot.kit.views.remedy import remedy_for_all
from bot.message import Message, code, escaped, sentence
from bot.wording import Words

NAMES_LISTED = 10


def wave_closed(words: Words, *, score: int | None = None) -> Message:
    """Tell a person who answers too late; `score` is the one that stands, None when they gave none."""
    if score is None:
        return sentence(words("This question is closed, so it takes no more answers. Thank you for trying!"))
    return sentence(words("This question is closed, so your {score} stands. Thank you!", score=score))


def not_your_invitation(words: Words) -> Message:
    """Tell a person who clicked in somebody else's question."""
    return sentence(
        words("This question was for someone else. Yours, if there is one, is in my messages to you.")
    )


def invitation_unknown(words: Words) -> Message:
    """Tell a person that their click names no invitation of this workspace."""
    return sentence(words("I no longer know this question. Look in App Home: what you can answer is there."))


def snooze_too_late(words: Words) -> Message:
    """Tell a person who asks to be asked later than the wave is open."""
    return sentence(words("The question closes before then. You can answer it now, or leave it."))


def snooze_unwanted(words: Words) -> Message:
    """Tell a person who asks to be asked later, and has asked for no more questions."""
    return sentence(
        words(
            "You asked me not to ask you again, so I will not come back later. You can answer now, "
            "or let me ask you again in App Home."
        )
    )


def nothing_to_put_off(words: Words) -> Message:
    """Tell a person who asks to be asked later that this question is not sent to them any more."""
    return sentence(
        words(
            "This question does not come to you again, so there is nothing to put off. You can answer it now."
        )
    )


def already_answered(words: Words) -> Message:
    """Tell a person who asks to be asked later and has answered since."""
    return sentence(words("You have answered already, so there is nothing to ask you later. Thank you!"))


def bad_score(words: Words) -> Message:
    """Tell a person that their click carries no whole number from 0 to 10."""
    return sentence(words("A score is a whole number from 0 to 10. Please tap one of the eleven buttons."))


def bad_click(words: Words) -> Message:
    """Tell a person that their click cannot be read: an unknown id, a missing value."""
    return sentence(words("I could not make sense of that click, so nothing was stored. Please try again."))


def database_away(words: Words) -> Message:
    """Tell a person who answered that nothing is stored; for other clicks use `something_went_wrong`."""
    return sentence(words("Your answer was not stored. Please tap again in a minute."))


def busy(words: Words) -> Message:
    """Tell a person that too many ask at this moment, and that nothing was done."""
    return sentence(words("Many people are asking me at this moment. Please try again in a minute."))


def something_went_wrong(words: Words) -> Message:
    """Tell a person of a fault that they cannot mend; the log has its kind and place."""
    return sentence(words("Something went wrong on our side. Please try again in a minute."))


def another_workspace(words: Words) -> Message:
    """Say that this app is not theirs: what they did was meant for another installation of it."""
    return sentence(
        words("I serve another workspace only. Ask those who run this app to set one up for yours as well.")
    )


def role_unknown(words: Words) -> Message:
    """Say that nobody knows just now whether they may do it."""
    return sentence(
        words("I could not ask Slack whether you are a manager, so I did nothing. Try again in a minute.")
    )


def managers_only(words: Words, *, managers: tuple[str, ...] = ()) -> Message:
    """Say who may do it: `managers` are the user ids of people to ask, if we know any."""
    if not managers:
        return sentence(words("Only managers can do this. Ask a workspace admin or owner."))
    people = ", ".join(f"<@{user_id}>" for user_id in managers[:NAMES_LISTED])
    return sentence(words("Only managers can do this. You can ask {people}.", people=people))


def not_yet_known(words: Words) -> Message:
    """Tell somebody that Slack does not say just now whether they may do it."""
    return sentence(words("Slack has not told me in time who you are. Please try again in a minute."))


def for_members(words: Words) -> Message:
    """Tell a guest, or somebody of another company, where they read results."""
    return sentence(
        words(
            "Only members of this workspace can ask for results. You read those that are posted in your channels."
        )
    )


def form_gone(words: Words) -> Message:
    """Say that a form is kept no more."""
    gone = words("This form was sent already, or is more than two days old.")
    again = words("Type {command} for a new one.", command=f"`{COMMAND} new`")
    return sentence(f"{gone} {again}")


def survey_saved(words: Words, *, name: str) -> Message:
    """Tell a manager who chose “Later” in the preview how to open the first wave."""
    command = f"`{COMMAND} open {code(name)}`"
    saved = words("“{name}” is saved, and nobody has been asked yet.", name=escaped(name))
    later = words("When you are ready, type {command}.", command=command)
    return sentence(f"{saved} {later}")


def wave_already_open(words: Words, *, name: str) -> Message:
    """Tell a manager that a survey has one open wave at a time, and how to close it."""
    command = f"`{COMMAND} close {code(name)}`"
    already = words("A wave of “{name}” is already open.", name=escaped(name))
    first = words("To start the next one, close it first: {command}.", command=command)
    return sentence(f"{already} {first}")


def slack_said_no(words: Words, *, error: str) -> Message:
    """Tell a person that Slack takes this from nobody at this moment, and what is to be done; `error` is Slack's code."""
    not_done = words("Slack did not let me do that.")
    return sentence(f"{not_done} {remedy_for_all(error, words)}")


def which_counts(words: Words) -> Message:
    """Say how to type what an NPS is computed from."""
    return sentence(
        words(
            "Type how many promoters, passives and detractors there are, as in {command}. A fourth number is how many "
            "could have answered.",
            command=f"`{COMMAND} score 18 11 2`",
        )
    )


def nothing_to_export(words: Words, *, name: str) -> Message:
    """Say that a file would be empty, so none was sent."""
    return sentence(
        words("Nobody has answered “{name}” yet, so there is nothing to export.", name=escaped(name))
    )


def nobody_in_audience(words: Words, *, name: str) -> Message:
    """Tell a manager that a wave would ask nobody, and the usual cause."""
    return sentence(
        words(
            "There is nobody to ask for “{name}”: its channels and people hold only bots, deactivated accounts, or "
            "nobody I can see. If a channel is private, invite me there and try again.",
            name=escaped(name),
        )
    )


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "wave closed": wave_closed,
    "wave closed, answered": partial(wave_closed, score=9),
    "not your invitation": not_your_invitation,
    "invitation unknown": invitation_unknown,
    "snooze too late": snooze_too_late,
    "snooze unwanted": snooze_unwanted,
    "nothing to put off": nothing_to_put_off,
    "already answered": already_answered,
    "bad score": bad_score,
    "bad click": bad_click,
    "database away": database_away,
    "busy": busy,
    "something went wrong": something_went_wrong,
    "another workspace": another_workspace,
    "role unknown": role_unknown,
    "managers only": managers_only,
    "managers only, with names": partial(managers_only, managers=("U1", "U2")),
    "survey saved": partial(survey_saved, name="Team pulse"),
    "wave already open": partial(wave_already_open, name="Team pulse"),
    "for members": for_members,
    "Slack said no": partial(slack_said_no, error="token_revoked"),
    "which counts": which_counts,
    "nothing to export": partial(nothing_to_export, name="Team pulse"),
    "nobody in the audience": partial(nobody_in_audience, name="Team pulse"),
}
