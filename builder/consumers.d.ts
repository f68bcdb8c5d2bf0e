/**
 * What `consumers.py` sends to an open editor: the app's mark when the socket opens, then who changed it, who else is
 * here, why this person may no longer change it, and that they may again.
 */
export type Told =
  | { mark: string; tab?: undefined; who?: undefined }
  | News
  | { here: Present[] }
  | { cut: Cut }
  | { edits: true };

/** An error as sent by `errors.py`. */
export interface Cut {
  code: string;
  sentence: string;
  why: string;
  todo: string;
}

/** As sent by `news.py`. */
export interface News {
  mark: string;
  /** The browser tab that made the change. */
  tab: string;
  who: string;
  label: string;
}

/** As sent by `people/presence.py`. */
export interface Present {
  person: number;
  name: string;
  initials: string;
  /** The tab of the editor, such as "design", and the page open there. */
  tab: string;
  page: string;
  /** The selected elements; of many, as many as are shown. */
  nodes: string[];
}
