/** The JSON of a value in a document, as described at the top of `shape.py`. */

export interface Expression {
  from: string;
  args?: Record<string, unknown>;
  ops?: { op: string; args?: unknown[] }[];
  was?: string;
}

/** A text with chips. */
export interface MixedText {
  text: (string | Expression)[];
}

/** A text between chips, an expression, or the whole of a value that is no text. */
export type Part = Expression | string | number | boolean | null;

/** What a field with dynamic data holds; null for nothing. */
export type Value = Part | MixedText;
