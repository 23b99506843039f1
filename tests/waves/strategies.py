from datetime import UTC, datetime
from zoneinfo import available_timezones

from hypothesis import strategies as st

# Twenty years of every zone's clock changes; Samoa skips a whole Friday in the first of them.
instants = st.datetimes(datetime(2011, 12, 1), datetime(2031, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(sorted(available_timezones()))
