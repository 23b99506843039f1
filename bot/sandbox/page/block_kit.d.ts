// Block Kit. The server refuses what Slack would, so a block has what its type needs; each type reads only its own.

import type { Entered } from "./types.js";

export interface TextObject {
  type: string;
  text: string;
  emoji?: boolean;
}

export interface Option {
  text: TextObject;
  value: string;
  description?: TextObject;
}

export interface OptionGroup {
  label: TextObject;
  options: Option[];
}

export interface Confirm {
  title: TextObject;
  text: TextObject;
  confirm: TextObject;
  deny: TextObject;
  style?: string;
}

export interface BlockElement {
  type: string;
  action_id: string;
  /** Of a button. */
  text: TextObject;
  value?: string;
  url?: string;
  style?: string;
  accessibility_label?: string;
  confirm?: Confirm;
  /** Of an image. */
  alt_text: string;
  /** Of menus and choices. */
  options: Option[];
  option_groups?: OptionGroup[];
  max_selected_items?: number;
  min_query_length?: number;
  default_to_current_conversation?: boolean;
  filter?: { include?: string[] };
  /** Of fields. */
  placeholder?: TextObject;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  is_decimal_allowed?: boolean;
  min_value?: string;
  max_value?: string;
  /** initial_value, initial_option, … */
  [initial: `initial_${string}`]: Entered;
}

export interface Block {
  type: string;
  block_id: string;
  text: TextObject;
  fields?: TextObject[];
  accessory?: BlockElement;
  elements: BlockElement[];
  element: BlockElement;
  label: TextObject;
  hint?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
}

export interface ImageBlock {
  title?: TextObject;
  alt_text: string;
}

export interface TableCell extends RichBlock {
  text?: string;
  value?: number;
}

export interface TableBlock {
  rows: TableCell[][];
  column_settings?: ({ align?: string } | null)[];
  caption?: string;
  page_size?: number;
  row_header_column_index?: number;
}

/** A part of rich text that holds others, or a leaf. */
export interface RichPart {
  type: string;
  elements: RichPart[];
  /** Of a list: bullet or ordered. Of a leaf: which of bold, italic and so on. */
  style?: string | Record<string, boolean>;
  indent?: number;
  offset?: number;
  text: string;
  url: string;
  name: string;
  user_id: string;
  channel_id: string;
  range: string;
  timestamp: number;
  format: string;
  fallback?: string;
  value: string;
}

export interface RichBlock {
  type: string;
  elements?: RichPart[];
}

export interface Datum {
  label: string;
  value: number;
}

export interface Series {
  name: string;
  data: Datum[];
}

export interface ChartFacts {
  type: string;
  /** Of a pie. */
  segments: Datum[];
  /** Of the others. */
  series: Series[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

export interface ChartBlock {
  title: string;
  chart: ChartFacts;
}
