/** What `Drawing.since` in `pieces.py` sends: the difference from the drawing `base`, or with none everything at once. */
export interface Pieces {
  base: string;
  mark: string;
  /** HTML by the key of an element. */
  pieces: Record<string, string>;
}
