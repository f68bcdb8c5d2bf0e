/** The responses of `changes.py` to a change of the app, an undo and a redo. */

export interface Names {
  /** What undo and redo would do now; empty for nothing. */
  undo: string;
  redo: string;
}

export interface Done extends Names {
  ok: true;
  entry: number;
  /** The app's current version: a later mark is greater. */
  mark: string;
  /** After an undo or a redo: an element that it affected, or what it did elsewhere. */
  select?: string;
  said?: string;
}
