/** The response to a change of the app: what `changes.py` says, and the views of gestures and fixes besides. */
import type { Parts } from "builder/views/parts";

export interface Names {
  /** What undo and redo would do now; empty for nothing. */
  undo: string;
  redo: string;
}

export interface Answer extends Partial<Names> {
  /** Whether something was changed. */
  ok: boolean;
  /** Set by the browser: the request itself failed. */
  isUnsaved?: boolean;
  entry?: number;
  /** The app's current version: a later mark is greater. */
  mark?: string;
  /** The element to select next, and all of them if there are several. */
  select?: string;
  selection?: string[];
  /** A sentence to announce. */
  say?: string;
  /** A sentence to show, about something that an undo or a redo did elsewhere, or that came along from another app. */
  said?: string;
  /** A message with a button, as HTML. */
  toast?: string;
  /** The URL to continue at. */
  go?: string;
  /** A field refused its value: which one, and why. */
  prop?: string;
  sentence?: string;
  parts?: Parts;
  /** What was added to the theme: its key. */
  made?: string;
}

/** What screens follow: a response, or a change made elsewhere. */
export type Change = Partial<Answer> & {
  verb?: string;
  /** The response has drawn the change itself (`tell_changed` in `gestures.py`). */
  drawn?: boolean;
  /** Who made the changes elsewhere. */
  by?: { who: string; label: string }[];
};
