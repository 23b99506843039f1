"""Why a workflow's step asked nobody, told to the people who build workflows. Slack does not say who reads it: it is English.

They need not be managers, so it does not tell who wants no questions, or who was asked.
"""

from bot.api.problems import Problem
from storage.words import LeftOutBecause

_PROBLEMS = {
    Problem.UNREADABLE: "Give the step a person, and the whole name of a survey.",
    Problem.NO_SUCH_SURVEY: "There is no survey of this name: /nps list shows them.",
    Problem.NO_SUCH_PERSON: "Slack knows nobody of this id in the workspace.",
    Problem.NO_OPEN_WAVE: "No wave of the survey is open: a manager opens one.",
    Problem.PAUSED: "The survey is paused: a manager resumes it.",
    Problem.IN_A_CHANNEL: "The survey asks in a channel, and nobody by message.",
    Problem.CLOSES_TOO_SOON: "The survey's wave closes before this person's next working hours.",
    Problem.PLANNING: "The survey's wave has just opened: run the workflow again in a minute.",
    Problem.SLACK_AWAY: "Slack did not tell who this is: run the workflow again in a minute.",
}
_PEOPLE = {
    LeftOutBecause.BOT: "This is an app, and no person.",
    LeftOutBecause.DEACTIVATED: "This person's account is deactivated.",
    LeftOutBecause.NEVER_SIGNED_IN: "This person has not signed in to Slack yet.",
    LeftOutBecause.STRANGER: "The survey asks nobody of another company.",
    LeftOutBecause.GUEST: "The survey asks no guests.",
}
NOT_NOW = "This person is not asked now: they were asked lately, or want no questions."


def why_not(problem: Problem, because: str | None = None) -> str:
    """Return one sentence."""
    if problem in _PROBLEMS:
        return _PROBLEMS[problem]
    found = {reason.value: sentence for reason, sentence in _PEOPLE.items()}
    return found.get(because or "", NOT_NOW)
