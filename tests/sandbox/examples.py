"""A message and a modal that the tests click through."""

from bot.sandbox.records import Json

BUTTONS = [
    {
        "type": "actions",
        "block_id": "scores",
        "elements": [
            {
                "type": "button",
                "action_id": f"score.{n}",
                "value": str(n),
                "text": {"type": "plain_text", "text": str(n)},
            }
            for n in (9, 10)
        ],
    }
]


def option(value: str, text: str) -> Json:
    return {"text": {"type": "plain_text", "text": text}, "value": value}


def modal(title: str = "Why?", **more: object) -> Json:
    return {
        "type": "modal",
        "callback_id": "why",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "reason",
                "label": {"type": "plain_text", "text": "Reason"},
                "element": {"type": "plain_text_input", "action_id": "text"},
            },
            {
                "type": "input",
                "block_id": "drivers",
                "optional": True,
                "label": {"type": "plain_text", "text": "About"},
                "element": {
                    "type": "checkboxes",
                    "action_id": "ticks",
                    "options": [
                        {"text": {"type": "plain_text", "text": word.title()}, "value": word}
                        for word in ("support", "price")
                    ],
                },
            },
        ],
        **more,
    }
