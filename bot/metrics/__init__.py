"""What a monitor may know: counts, times and states. Never a person, a survey, a score or a token."""
