"""Exports of other survey services, read row by row: pure, without a database and without Slack."""
