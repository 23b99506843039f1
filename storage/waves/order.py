"""The order of open waves."""

from sqlmodel import col

from storage.tables import Wave

OLDEST_FIRST = col(Wave.id) + 0
"""A sum is in no index: SQLite finds what is open by its index and sorts that, and does not read all waves there ever were."""
