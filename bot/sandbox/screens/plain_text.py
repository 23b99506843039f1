"""A message or a view as a person would read it in a terminal."""

from collections.abc import Callable, Mapping

from bot.sandbox.records import Json, Message, View
from bot.sandbox.screens.mrkdwn import unmarked
from bot.sandbox.screens.plain_tables import chart, table

_RULE = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * 40


def as_text(shown: Message | View, names: Mapping[str, str] | None = None) -> str:
    """Return the lines of a message or view; `names` maps user and channel ids to names.

    A block this does not know becomes a line that says so.
    """
    reader = _Reader(names or {})
    if isinstance(shown, Message):
        lines = reader.blocks(shown.blocks) if shown.blocks else [unmarked(shown.text, names or {})]
        return "\n".join(
            [*lines, *(f"[file] {file.name}, {len(file.content):,} bytes" for file in shown.files)]
        )
    return "\n".join(reader.view(shown.definition, shown.errors))


class _Reader:
    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.known: dict[str, Callable[[Json], list[str]]] = {
            "section": self._section,
            "header": lambda block: [self._text(block["text"]).upper()],
            "context": lambda block: ["  ".join(self._context(each) for each in block["elements"])],
            "divider": lambda _: [_RULE],
            "actions": lambda block: ["  ".join(self._element(each) for each in block["elements"])],
            "input": self._input,
            "image": lambda block: [f"(image: {block['alt_text']})"],
            "markdown": lambda block: [block["text"]],
            "rich_text": lambda block: [self._rich(block)],
            "table": lambda block: table(block, self._rich),
            "data_table": lambda block: table(block, self._rich),
            "data_visualization": chart,
        }

    def view(self, definition: Json, errors: Mapping[str, str]) -> list[str]:
        lines = [self._text(definition["title"]).upper()] if definition.get("title") else []
        for block in definition["blocks"]:
            lines += self.blocks([block])
            if block.get("block_id") in errors:
                lines.append(f"  ! {errors[block['block_id']]}")
        ends = [definition[slot] for slot in ("close", "submit") if definition.get(slot)]
        if ends:
            lines.append("  ".join(f"[ {self._text(end)} ]" for end in ends))
        return lines

    def blocks(self, blocks: list[Json]) -> list[str]:
        return [line for block in blocks for line in self._block(block)]

    def _block(self, block: Json) -> list[str]:
        read = self.known.get(block["type"])
        return read(block) if read else [f"! This cannot be shown: an unknown block, {block['type']!r}."]

    def _section(self, block: Json) -> list[str]:
        lines = [self._text(block["text"])] if "text" in block else []
        lines += [self._text(each) for each in block.get("fields", ())]
        if "accessory" in block:
            lines.append(self._element(block["accessory"]))
        return lines

    def _input(self, block: Json) -> list[str]:
        optional = " (optional)" if block.get("optional") else ""
        lines = [f"{self._text(block['label'])}{optional}", f"  {self._element(block['element'])}"]
        return [*lines, f"  {self._text(block['hint'])}"] if "hint" in block else lines

    def _context(self, each: Json) -> str:
        return f"(image: {each['alt_text']})" if each["type"] == "image" else self._text(each)

    def _element(self, each: Json) -> str:
        if each["type"] == "image":
            return f"(image: {each['alt_text']})"
        if each["type"] == "button":
            return f"[ {self._text(each['text'])} ]"
        if each["type"] in {"checkboxes", "radio_buttons"}:
            return self._choices(each)
        begun = [each[key] for key in each if key.startswith("initial_")]
        said = ", ".join(self._value(value) for value in begun)
        return f"[ {said or self._text(each.get('placeholder')) or '…'} ]"

    def _choices(self, each: Json) -> str:
        begun = each.get("initial_options", [each.get("initial_option")])
        return "  ".join(
            f"[{'x' if option in begun else ' '}] {self._text(option['text'])}" for option in each["options"]
        )

    def _value(self, value: object) -> str:
        if isinstance(value, list):
            return ", ".join(self._value(one) for one in value)
        if isinstance(value, dict):
            return self._text(value["text"])
        return self.names.get(str(value), str(value))

    def _text(self, text: Json | None) -> str:
        if text is None:
            return ""
        return unmarked(text["text"], self.names) if text["type"] == "mrkdwn" else str(text["text"])

    def _rich(self, part: Json) -> str:
        """Read rich text: its leaves one after the other, its parts line by line."""
        if "elements" not in part:
            return self._leaf(part)
        between = "" if part["type"] in {"rich_text_section", "rich_text_preformatted"} else "\n"
        before = "• " if part["type"] == "rich_text_list" else ""
        return between.join(before + self._rich(each) for each in part["elements"])

    def _leaf(self, leaf: Json) -> str:
        match leaf["type"]:
            case "user":
                return f"@{self.names.get(leaf['user_id'], leaf['user_id'])}"
            case "channel":
                return f"#{self.names.get(leaf['channel_id'], leaf['channel_id'])}"
            case "emoji":
                return f":{leaf['name']}:"
            case "link":
                return str(leaf.get("text") or leaf["url"])
            case _:
                return str(leaf.get("text") or leaf.get("fallback") or leaf.get("range") or leaf.get("value"))
