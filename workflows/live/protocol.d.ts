/** The words between a live page and its server, as `protocol.py` says them. */

import type { Problem } from "builder/errors";

/** What an input holds, as the page tells it. */
export type Value = string | number | boolean | null;

/** A verb, the address of an element, and what is put where. */
export type Patch =
  | ["set", address: string, prop: string, value: unknown]
  | ["append", address: string, prop: string, text: string]
  | ["attr", address: string, name: string, value: string | null]
  | ["cells", address: string, keys: string[]];

/** What changed. With `snapshot` it is all that there is. */
export interface Batch {
  n: number;
  p: Patch[];
  snapshot?: boolean;
  /** The event that came last: it and all before it have been heard. */
  heard?: string;
}

export interface Hello {
  v: number;
  visit: string;
  /** The visit knows nothing of this page yet. */
  new: boolean;
  heard: string;
  /** It was stored before what was typed last. */
  back?: true;
}

/** What comes down; one of them at a time. */
export interface Message extends Partial<Batch> {
  hello?: Hello;
  notice?: string;
  /** The page to open next. */
  go?: string;
  error?: Problem;
}

/** What goes up. */
export type Said =
  | { t: "hello"; visit: string | null; have: number; v: number; of?: string }
  | Happened
  | { t: "ack"; n: number };

/** Something happened at an element; at none where the page only says that it is there. */
export interface Happening {
  el: string | null;
  on: string;
  /** The inputs that have changed since the last time, by their address. */
  values: Record<string, Value>;
}

/** It as it is sent, with an id of its own in the visit. */
export interface Happened extends Happening {
  t: "event";
  id: string;
}
