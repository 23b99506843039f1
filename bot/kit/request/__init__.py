"""A request of Slack's, read once into one value that travels to whatever needs several of its parts."""

from dataclasses import dataclass, field
from functools import cached_property

from bot.errors import Refused
from bot.ids import ActionId, Callback
from bot.kit.people import Who
from bot.kit.request.checked import Body, as_list, as_object, as_text, as_typed, is_id, malformed, number
from bot.kit.rules.installation import Installation, is_for
from bot.kit.views import notices
from bot.slack.objects import Posted
from storage.kit.seen_requests import Seen

ANOTHER_WORKSPACE = "another_workspace"


@dataclass(frozen=True)
class Clicked:
    """Where somebody clicked, and so where the answer shows.

    `place` is a message that stays, which `response_url` changes too, five times within thirty minutes. One that only
    they see, `is_ephemeral`, is changed by that alone. Of neither, it answers below. App Home has none; it is drawn again.
    """

    place: Posted | None = None
    response_url: str | None = None
    is_ephemeral: bool = False

    @property
    def written(self) -> tuple[str, ...]:
        """What a modal that was opened from here keeps of it, for `Request.opened_from`; nothing where no message stays."""
        if self.place is None:
            return ()
        return self.place.channel_id, self.place.ts, *([self.response_url] if self.response_url else [])


@dataclass(frozen=True, eq=False)
class Request:
    """What somebody did: typed a command, clicked, sent a modal, or looked at App Home.

    Each part is read when it is first asked for, and kept. One that the request does not hold as it should is refused,
    never guessed at: then its property raises Refused.
    """

    body: Body = field(repr=False)
    ours: Installation = field(repr=False)
    seen: Seen | None = field(default=None, repr=False)
    """How it was signed; None where it came over Socket Mode."""

    # Of every request

    @cached_property
    def who(self) -> Who:
        """The person, and our workspace, in whichever workspace of the Grid they act. A request for another installation is refused."""
        is_ours = is_for(self.body, self.ours)
        user = self.body.get("user_id") or self._part("user").get("id") or self._part("event").get("user")
        if is_ours is None or not is_id(user):
            raise malformed()
        if not is_ours:
            raise Refused(ANOTHER_WORKSPACE, notices.another_workspace)
        return Who(self.ours.workspace_id, user)

    @property
    def trigger_id(self) -> str:
        """The ticket that opens a modal within three seconds; empty where there is none."""
        return str(self.body.get("trigger_id", ""))

    @property
    def response_url(self) -> str | None:
        """The address that answers this command or click, where it has one."""
        url = self.body.get("response_url")
        return url if isinstance(url, str) and url else None

    @property
    def is_event(self) -> bool:
        return self.body.get("type") == "event_callback"

    @property
    def is_answer(self) -> bool:
        """Whether somebody tapped a score or sent a reason."""
        first = next(map(as_object, as_list(self.body.get("actions"))), {})
        return self._part("view").get("callback_id") in {Callback.REASON, Callback.BALLOT} or str(
            first.get("action_id")
        ).startswith((ActionId.SCORE, ActionId.OPEN_SCORE))

    # Of a command

    @property
    def text(self) -> str:
        """The words after the command."""
        return as_typed(self.body.get("text"))

    @property
    def channel_id(self) -> str | None:
        """Where the command was typed."""
        channel = self.body.get("channel_id")
        return channel if isinstance(channel, str) else None

    # Of an event

    @property
    def event(self) -> Body:
        """What Slack tells of."""
        return self._part("event")

    @property
    def tab(self) -> object:
        """Which tab of the app somebody opened."""
        return self._part("event").get("tab")

    @property
    def is_ours(self) -> bool:
        """Whether an event, which may name nobody, is told to our installation."""
        return is_for(self.body, self.ours) is True

    @property
    def has_revoked_bot(self) -> bool:
        """Whether an app's own token is among those that were revoked."""
        return bool(as_list(as_object(self._part("event").get("tokens")).get("bot")))

    # Of a click

    @property
    def value(self) -> str:
        """What we wrote into the button that was clicked."""
        return as_text(self._action.get("value"))

    @property
    def clicked_id(self) -> int:
        """The row's id that we wrote into the button that was clicked, and nothing else."""
        return number(self.value)

    @property
    def clicked_ids(self) -> tuple[int, int]:
        """The two numbers that we wrote into the button that was clicked."""
        first, _, second = self.value.partition(":")
        return number(first), number(second)

    @property
    def chosen(self) -> str:
        """What we wrote into the option that was chosen in a menu."""
        return as_text(as_object(self._action.get("selected_option")).get("value"))

    @property
    def block_id(self) -> str:
        """What we called the block in which somebody clicked."""
        return as_text(self._action.get("block_id"))

    @property
    def chosen_person(self) -> str:
        """The user id that was chosen in a menu of people."""
        if not is_id(user := self._action.get("selected_user")):
            raise malformed()
        return user

    @cached_property
    def clicked(self) -> Clicked:
        """Where the click came from, so that the answer shows there."""
        container = self._part("container")
        channel, ts = container.get("channel_id"), container.get("message_ts")
        if container.get("type") != "message" or not (isinstance(channel, str) and isinstance(ts, str)):
            return Clicked()
        if container.get("is_ephemeral"):
            return Clicked(response_url=self.response_url, is_ephemeral=True)
        return Clicked(Posted(channel, ts), self.response_url)

    @property
    def below(self) -> Clicked:
        """Below what was clicked, where only this person sees it."""
        return Clicked(response_url=self.response_url)

    @property
    def is_at_home(self) -> bool:
        """Whether the click came from App Home."""
        return self._part("container").get("type") == "view"

    # Of a modal that was sent

    @property
    def is_modal(self) -> bool:
        return self.body.get("type") == "view_submission"

    @property
    def view_id(self) -> str:
        return str(self._part("view").get("id", ""))

    @property
    def about(self) -> int:
        """The row's id that we wrote into the modal."""
        return number(self._written_into[0])

    @property
    def written(self) -> str:
        """All that we wrote into the modal."""
        return " ".join(self._written_into)

    @property
    def about_step(self) -> int:
        """The number that we wrote into the modal behind the id."""
        return number(self._written_into[1] if len(self._written_into) > 1 else None)

    @property
    def view_hash(self) -> str | None:
        """Which of its looks the view had when somebody clicked in it."""
        seen = self._part("view").get("hash")
        return seen if isinstance(seen, str) else None

    @property
    def filled(self) -> frozenset[str]:
        """The names of the inputs that the modal shows."""
        return frozenset(self._inputs)

    @property
    def about_all(self) -> tuple[int, ...]:
        """The numbers that we wrote into the modal, with colons between."""
        return tuple(number(part) for part in self._written_into[0].split(":"))

    @property
    def opened_from(self) -> Clicked:
        """The message from which the modal was opened, which we wrote into it too, if it was one."""
        match self._written_into:
            case [_, channel, ts, *url]:
                return Clicked(Posted(channel, ts), url[0] if url else None)
            case _:
                return Clicked()

    @property
    def last_input(self) -> str | None:
        """The block_id of the modal's last input, beside which an error can stand."""
        blocks = map(as_object, as_list(self._part("view").get("blocks")))
        inputs = [one.get("block_id") for one in blocks if one.get("type") == "input"]
        return next((one for one in reversed(inputs) if isinstance(one, str)), None)

    def asks(self, name: str) -> bool:
        """Whether the modal has this input."""
        return name in self._inputs

    def typed(self, name: str) -> str:
        """Read what somebody typed into an input, without the white space around it."""
        return as_typed(self._inputs.get(name, {}).get("value"))

    def selected(self, name: str) -> list[str]:
        """Read what somebody chose from options, people, channels or conversations: one or several."""
        given = self._inputs.get(name, {})
        slots = [value for key, value in given.items() if key.startswith("selected_") and value]
        if not slots:
            return []
        chosen = slots[0] if isinstance(slots[0], list) else slots[:1]
        values = [one.get("value") if isinstance(one, dict) else one for one in chosen]
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) < len(values):
            raise malformed()
        return texts

    # What the parts stand in

    def _part(self, name: str) -> Body:
        return as_object(self.body.get(name))

    @cached_property
    def _action(self) -> Body:
        actions = self.body.get("actions")
        if not (isinstance(actions, list) and actions and isinstance(actions[0], dict)):
            raise malformed()
        return actions[0]

    @cached_property
    def _inputs(self) -> dict[str, Body]:
        """The modal's inputs as Slack sends them, by their block_id, which is their action_id too."""
        try:
            values = self.body["view"]["state"]["values"]
            found = {block_id: elements[block_id] for block_id, elements in values.items()}
        except (AttributeError, KeyError, TypeError):
            raise malformed() from None
        if not all(isinstance(one, dict) for one in found.values()):
            raise malformed()
        return found

    @cached_property
    def _written_into(self) -> list[str]:
        written = self._part("view").get("private_metadata")
        return written.split(" ") if isinstance(written, str) else [""]
