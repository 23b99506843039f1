"""`nps-bot demo`: the real app in front of the pretend Slack, with a small company in it."""
