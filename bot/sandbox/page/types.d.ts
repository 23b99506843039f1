// What the page is made of, for the type checker alone: no browser fetches this file.

import type { Block, BlockElement, Option, OptionGroup, TextObject } from "./block_kit.js";

export * from "./block_kit.js";

/** The workspace as one person sees it: what `page_state` of bot/sandbox writes. */
export interface State {
  version: number;
  /** The pretend moment, ISO 8601. */
  now: string;
  controls: Control[];
  troubles: Trouble[];
  workspace: { name: string };
  app: { name: string; bot_user_id: string; commands: Command[] };
  people: Person[];
  /** A person's id. */
  me: string;
  conversations: Conversation[];
  home: View | null;
  modals: View[];
  notices: Notice[];
}

export interface Control {
  id: string;
  label: string;
}

export interface Trouble {
  id: string;
  label: string;
  detail: string;
  on: boolean;
  /** Messages, since it was switched on. */
  struck: number;
}

export interface Command {
  command: string;
  usage: string;
  description: string;
}

export interface Person {
  id: string;
  name: string;
  real_name: string;
  tz: string;
  locale: string;
  title?: string;
  is_bot?: boolean;
  deleted?: boolean;
  is_admin?: boolean;
  is_guest?: boolean;
  is_foreign?: boolean;
}

/** Those parts of a person that decide how a moment reads. */
export type Reader = Pick<Person, "locale" | "tz">;

export interface Conversation {
  id: string;
  kind: "channel" | "im";
  name: string;
  member: boolean;
  archived: boolean;
  messages: Message[];
}

export interface Message {
  ts: string;
  user: string;
  text: string;
  blocks: Block[];
  ephemeral: boolean;
  edited: boolean;
  thread_ts: string | null;
  files: SharedFile[];
}

export interface SharedFile {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
}

export interface View {
  id: string;
  blocks: Block[];
  title: TextObject | null;
  submit: TextObject | null;
  close: TextObject | null;
  errors?: Sentences;
}

export interface Notice {
  id: string;
  text: string;
  /** It goes by itself and cannot be dismissed. */
  fixed?: boolean;
}

/** block_id → what is wrong there. */
export type Sentences = Record<string, string>;

/** What the page knows: the state, the place it shows, why the server is away, what went wrong. */
export interface Store {
  state: State | null;
  place: string;
  trouble: string | null;
  problems: Notice[];
}

/** A store whose state has come. */
export type Loaded = Store & { state: State };

/** The server's answer to what a person did. */
export type Answer = { ok: true } & Result | ({ ok: false; error: string } & Result);

/** What some deeds answer beside ok: a control, and a search for options. */
export interface Result {
  done?: string;
  moved_to?: string | null;
  options?: Option[];
  option_groups?: OptionGroup[];
}

export interface Exchange {
  number: number;
  at: string;
  toward: "slack" | "app";
  what: string;
  about: string;
  outcome: string;
  detail: string;
  seconds: number;
}

export interface Traffic {
  exchanges: Exchange[];
  all: number;
  failed: number;
}

// What people enter, and where.

export type Choice = string | Option;
export type Entered = Choice | Choice[] | null | undefined;

/** Where a block stands: {channel, ts} or {view_id}. */
export type Container = { channel: string; ts: string } | { view_id: string };

export interface Surface {
  key: string;
  form: import("./form.js").Form;
  errors?: Sentences;
  act(block: Block, element: BlockElement, chosen: object): Promise<Answer>;
  suggest(element: BlockElement, query: string): Promise<Result>;
}

/** How a field is tied to its form. */
export interface Binding {
  value: Entered;
  aria: Attributes;
  focusKey: string;
  onchange(value: Entered): void;
  onenter?: () => void;
  suggest(query: string): Promise<Result>;
}

/** One row of a combobox. */
export interface Row {
  id: string;
  label: string;
  detail?: string;
  group?: string;
  mark?: () => Node;
  value: Choice;
}

export interface Search {
  /** Letters. */
  least: number;
  find(query: string): Promise<Row[]>;
}

// Nodes.

export type Child = Node | string | number | boolean | null | undefined | Child[];

export interface Attributes {
  onclick?: (event: MouseEvent) => unknown;
  oninput?: (event: Event) => unknown;
  onkeydown?: (event: KeyboardEvent) => unknown;
  onsubmit?: (event: SubmitEvent) => unknown;
  [name: string]: string | number | boolean | null | undefined | ((event: never) => unknown);
}

/** What `reconcile` keeps: one node per key, built again when the signature has changed. */
export interface Entry {
  key: string;
  signature: string;
  build(): HTMLElement;
}

/** Builds the box that names what the page cannot draw. */
export type Unknown = (type: string) => Node;

export interface Menu {
  readonly isOpen: boolean;
  active(): HTMLElement | null;
  open(index: number): void;
  move(step: number): void;
  moveTo(option: HTMLElement): void;
  close(): void;
}
