/** The messages between a live page and its server, as defined in `protocol.py`. */

import type { Problem } from "builder/errors";

/** The value of an input, as sent by the page. */
export type Value = string | number | boolean | null;

/** A verb, the address of an element, and what to change. */
export type Patch =
  | ["set", address: string, prop: string, value: unknown]
  | ["append", address: string, prop: string, text: string]
  | ["attr", address: string, name: string, value: string | null]
  | ["cells", address: string, keys: string[]];

/** Changes; with `snapshot`, the complete state. */
export interface Batch {
  n: number;
  p: Patch[];
  snapshot?: boolean;
  /** The id of the last event received: it and all before it are acknowledged. */
  heard?: string;
}

export interface Hello {
  v: number;
  visit: string;
  /** The visit knows nothing about this page yet. */
  new: boolean;
  heard: string;
  /** The visit was restored from storage, which may lack the latest input. */
  back?: true;
}

/** A message from the server, with one of these at a time. */
export interface Message extends Partial<Batch> {
  hello?: Hello;
  notice?: string;
  /** Texts that already say what the notice says: it is shown only if none of them is visible. */
  at?: string[];
  /** The page to open next. */
  go?: string;
  error?: Problem;
}

/** A message from the page. */
export type Said =
  | { t: "hello"; visit: string | null; have: number; v: number; of?: string }
  | Happened
  | { t: "ack"; n: number };

/** An event of an element; of none if the page only reports that it is there. */
export interface Happening {
  el: string | null;
  on: string;
  /** The inputs changed since the last message, by address. */
  values: Record<string, Value>;
}

/** An event as sent, with an id that is unique within the visit. */
export interface Happened extends Happening {
  t: "event";
  id: string;
}
