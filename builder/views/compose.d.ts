/** What the composer and `compose.py` say to each other. */
import type { Expression, Value } from "builder/expressions/shape";

/** What a field asks a composer for: the detail of `sw-compose`. */
export interface Asked {
  doc: string;
  node: string;
  prop: string;
  /** The index of a part to change, null for a new one. */
  part: number | null;
  expects: string;
  value: Value;
  /** Where in the text a new part goes; by default to its end. */
  caret?: { chips: number; text: number } | null;
  label?: string;
  /** What was pressed. */
  anchor?: HTMLElement;
}

/** One step of composing, such as `{do: "go", at: 2}`. */
export interface Gesture {
  do: string;
  [argument: string]: unknown;
}

/** The state after a gesture, which the next request repeats; or the expression to use, null for none. */
export type Composed = { levels: object[]; html: string; say: string; focus: string } | Used;

export interface Used {
  used: Expression | null;
  levels?: undefined;
}
