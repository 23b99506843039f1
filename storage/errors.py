"""What storage refuses. Named for what happened, as a flow reads it: `except NameTaken`."""


class StorageError(Exception):
    """The database refused; the message says what is wrong and what to do."""


class DatabaseAway(StorageError):  # noqa: N818
    """The database does not answer, or cannot do now what it was asked: try again later."""


class DatabaseBusy(DatabaseAway):
    """The database works, but so many ask it at this moment that no connection is left: try again soon."""


class NameTaken(StorageError):  # noqa: N818
    """The workspace already has a survey of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a survey named {name!r} already exists: choose another name")


class WaveAlreadyOpen(StorageError):  # noqa: N818
    """The survey already has an open wave."""

    def __init__(self, survey_name: str) -> None:
        super().__init__(f"a wave of {survey_name!r} is already open: close it before opening another")


class SurveyAtRest(StorageError):  # noqa: N818
    """The survey is paused, or has ended: it opens no wave."""

    def __init__(self, survey_name: str) -> None:
        super().__init__(f"{survey_name!r} is paused or has ended: resume it before opening a wave")
