/** What `consumers.py` tells an open editor: the app's mark when the socket opens, then who changed it, who else is here. */
export type Told = { mark: string; tab?: undefined; who?: undefined } | News | { here: Present[] };

/** As `news.py` says it. */
export interface News {
  mark: string;
  /** The browser tab that made the change. */
  tab: string;
  who: string;
  label: string;
}

/** As `people/presence.py` says it. */
export interface Present {
  person: number;
  name: string;
  initials: string;
  /** The tab of the editor, such as "design", and the page that is open there. */
  tab: string;
  page: string;
}
