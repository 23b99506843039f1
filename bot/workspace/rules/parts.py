"""The parts of a workspace's settings; the command line names them, and need not wait for what the rules import."""

from enum import StrEnum


class SettingsPart(StrEnum):
    """What may go back to what it was before managers set anything."""

    QUARANTINE = "quarantine"
    HOURS = "hours"  # and days
    HOLIDAYS = "holidays"
    MANAGERS = "managers"
