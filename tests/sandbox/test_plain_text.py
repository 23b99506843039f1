"""Messages and views as a person reads them in a terminal."""

from inspect import cleandoc

from bot.sandbox.records import Json, Message, View
from bot.sandbox.screens.mrkdwn import unmarked
from bot.sandbox.screens.plain_text import as_text

NAMES = {"U0ADA": "Ada", "C0GENERAL": "general"}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def message(*blocks: Json, text: str = "") -> Message:
    return Message("C0GENERAL", "1.000001", "U0BOT", text, list(blocks))


def test_a_message_without_blocks_is_its_text() -> None:
    assert as_text(message(text="Hello *there*, <@U0ADA>"), NAMES) == "Hello there, @Ada"


def test_blocks_are_read_from_top_to_bottom() -> None:
    button = {"type": "button", "text": plain("9")}
    menu = {"type": "users_select", "initial_user": "U0ADA"}
    card = message(
        {"type": "header", "text": plain("Acme")},
        {"type": "section", "text": mrkdwn("*NPS* +18 of 31"), "fields": [mrkdwn("*58 %* promoters")]},
        {"type": "divider"},
        {"type": "actions", "elements": [button, {**button, "text": plain("10")}, menu]},
        {"type": "context", "elements": [mrkdwn("until _Friday_"), {"type": "image", "alt_text": "a flag"}]},
        {"type": "image", "alt_text": "a tree"},
    )
    assert as_text(card, NAMES) == cleandoc(f"""
        ACME
        NPS +18 of 31
        58 % promoters
        {"─" * 40}
        [ 9 ]  [ 10 ]  [ Ada ]
        until Friday  (image: a flag)
        (image: a tree)
    """)


def test_charts_are_small_tables() -> None:
    pie = {
        "type": "pie",
        "segments": [{"label": "Promoters", "value": 18}, {"label": "Passives", "value": 2}],
    }
    line = {
        "type": "line",
        "series": [
            {"name": "NPS", "data": [{"label": "May", "value": 18.5}, {"label": "April", "value": -6}]}
        ],
        "axis_config": {"categories": ["April", "May"]},
    }
    shown = message(
        {"type": "data_visualization", "title": "Answers", "chart": pie},
        {"type": "data_visualization", "title": "Trend", "chart": line},
    )
    assert as_text(shown) == cleandoc("""
        Answers (pie chart)
          Promoters  18
          Passives   2
        Trend (line chart)
                 NPS
          April  −6
          May    18.5
    """)


def test_tables_are_columns_and_rich_text_is_words() -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Thanks "},
                    {"type": "user", "user_id": "U0ADA"},
                    {"type": "emoji", "name": "tada"},
                ],
            }
        ],
    }
    cell = {"type": "raw_text", "text": "Wave"}
    table = {"type": "data_table", "caption": "Waves", "rows": [[cell, cell], [cell, rich]]}
    assert as_text(message(table, rich), NAMES) == cleandoc("""
        Waves
          Wave  Wave
          Wave  Thanks @Ada:tada:
        Thanks @Ada:tada:
    """)


def test_a_block_it_does_not_know_is_an_error_one_can_read() -> None:
    assert as_text(message({"type": "carousel"})) == ("! This cannot be shown: an unknown block, 'carousel'.")


def test_a_form_shows_its_inputs_its_errors_and_its_ends() -> None:
    options = [{"text": plain(word), "value": word} for word in ("Price", "Support")]
    definition = {
        "type": "modal",
        "title": plain("Why?"),
        "submit": plain("Send"),
        "close": plain("Not now"),
        "blocks": [
            {
                "type": "input",
                "block_id": "reason",
                "label": plain("Reason"),
                "hint": plain("A few words"),
                "element": {"type": "plain_text_input", "placeholder": plain("Because …")},
            },
            {
                "type": "input",
                "block_id": "about",
                "optional": True,
                "label": plain("About"),
                "element": {"type": "checkboxes", "options": options, "initial_options": options[1:]},
            },
        ],
    }
    view = View("V1", "U0ADA", definition, "h", "V1", errors={"reason": "Please say more."})
    assert as_text(view) == cleandoc("""
        WHY?
        Reason
          [ Because … ]
          A few words
          ! Please say more.
        About (optional)
          [ ] Price  [x] Support
        [ Not now ]  [ Send ]
    """)


def test_marks_and_references_read_as_words() -> None:
    assert unmarked("*bold* _it_ ~gone~ `code` *_both_* 2*3*4 snake_case_word", {}) == (
        "bold it gone code both 2*3*4 snake_case_word"
    )
    assert unmarked("<!here> <#C0GENERAL> <https://x.y|there> <https://x.y>", NAMES) == (
        "@here #general there (https://x.y) https://x.y"
    )
    assert unmarked("<!date^1^{date}|1 May> a &lt; b &amp;amp;", {}) == "1 May a < b &amp;"
