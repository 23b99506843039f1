"""Why a file that can be read is not imported all the same."""

from collections.abc import Sequence

from bot.importing.errors import ImportProblem, short
from bot.importing.files.rows import BadRow


class BadRows(ImportProblem):
    """Some rows cannot be read, and nobody said that they may be left out."""

    def __init__(self, first: Sequence[BadRow], how_many: int) -> None:
        more = f"… and {how_many - len(first):,} more rows.\n" if how_many > len(first) else ""
        told = "".join(f"{row}\n" for row in first)
        super().__init__(
            f"{told}{more}Nothing was imported. Mend the file, or leave such rows out with --skip-bad."
        )


class NothingToImport(ImportProblem):
    def __init__(self) -> None:
        super().__init__("No row of the file has a score: there is nothing to import.")


class NoDates(ImportProblem):
    def __init__(self, period: str) -> None:
        super().__init__(
            f"No column of the file holds dates, and --by {period} needs them: give --wave LABEL or --by all."
        )


class WaveWasAsked(ImportProblem):
    def __init__(self, number: int, survey: str) -> None:
        super().__init__(
            f"Wave {number} of “{survey}” was asked in Slack, and its answers stay as they are: choose another --wave."
        )


class SurveyIsAnonymous(ImportProblem):
    def __init__(self, survey: str) -> None:
        super().__init__(
            f"“{survey}” is anonymous, and imported answers may name people: import them into a survey of their own."
        )


class WhichWorkspace(ImportProblem):
    def __init__(self, survey: str) -> None:
        super().__init__(
            f"Several workspaces use this database, and I cannot tell whose “{survey}” is. "
            "Make a survey in one of them with /nps new, under a name of its own, and import into that."
        )


class ReadingEnded(ImportProblem):
    def __init__(self) -> None:
        super().__init__("What read the file was ended from outside. Nothing was imported: try again.")


class NoRoom(ImportProblem):
    """`said` is the system's or SQLite's word for it."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"There is no room for what an import keeps on disk meanwhile ({said}). Nothing was imported: "
            "free some, or name another folder in TMPDIR, then try again."
        )


class NoImport(ImportProblem):
    def __init__(self, named: str, survey: str) -> None:
        wanted = f" called “{short(named)}”" if named else ""
        into = f" into “{short(survey)}”" if survey else ""
        super().__init__(
            f"No import{wanted}{into} can be taken back: `nps-bot import --list` names those that can. "
            "What was imported before imports were kept is not among them."
        )


class ChangedLater(ImportProblem):
    def __init__(self, answers: int) -> None:
        changed = "1 of its answers" if answers == 1 else f"{answers:,} of its answers"
        super().__init__(f"A later import has changed {changed}: take that one back first.")
