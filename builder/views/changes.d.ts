/** What `changes.py` answers to a change of the app, an undo and a redo. */

export interface Names {
  /** What undo and redo would do now; empty where they would do nothing. */
  undo: string;
  redo: string;
}

export interface Done extends Names {
  ok: true;
  entry: number;
  /** The app as it is now: a later one is greater. */
  mark: string;
  /** After an undo or a redo: an element that it touched, or what it did elsewhere. */
  select?: string;
  said?: string;
}
