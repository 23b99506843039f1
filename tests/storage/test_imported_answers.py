"""Imported answers are written as the database would write them."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from storage.importing.imported_answers import stored_moment


@given(st.datetimes(timezones=st.just(UTC)), st.booleans())
def test_a_moment_is_written_as_the_standard_library_writes_it(at: datetime, whole: bool) -> None:  # noqa: FBT001
    moment = at.replace(microsecond=0) if whole else at
    assert stored_moment(moment) == moment.replace(tzinfo=None).isoformat(" ", "microseconds")
