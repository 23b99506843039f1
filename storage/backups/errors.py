"""Why a database is not saved or put back; each message is a whole sentence for the operator."""

from storage.errors import StorageError


class NotABackup(StorageError):  # noqa: N818 - named for what happened
    """The file is no backup of ours, or none that this release and this database can take."""


class NotSaved(StorageError):  # noqa: N818 - named for what happened
    """The database could not be saved; nothing is left of the attempt."""


class NotRestored(StorageError):  # noqa: N818 - named for what happened
    """The backup could not be put in place; the database is as it was."""
