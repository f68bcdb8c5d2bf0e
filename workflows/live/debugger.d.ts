/** What `debugger.py` sends to the bar below a page in preview, at most ten times a second. Times are in seconds. */
export interface Picture {
  run: Run | null;
  /** The newest first. */
  runs: Named[];
  /** The speed at which recordings are replayed as responses; null if the services respond. */
  replay: number | null;
  values: ValueRow[];
  /** Null before anything has streamed. */
  frames: Frames | null;
}

export interface Named {
  id: string;
  title: string;
  /** Seconds since 1970. */
  began: number;
}

export interface Run extends Named {
  state: string;
  /** Whether one of its streams is still open. */
  streams: boolean;
  seconds: number;
  steps: Step[];
  reason: string;
  todo: string;
}

/** As computed by `picture.py`, with bars in seconds since the run began; a `to` of null is now. */
export interface Step {
  number: number;
  title: string;
  state: string;
  word: string;
  reason: string;
  bars: { kind: "wait" | "stream" | "step" | "follow" | "fail"; at: number; to: number | null }[];
}

export interface ValueRow {
  name: string;
  type: { name: string; icon: string; mark: string; label: string };
  value: string;
  tone: "" | "stream" | "quiet" | "danger";
  /** Whether it is a long text whose end is shown. */
  tail: boolean;
}

/** The counts of `meter.py`; null for what has not happened. */
export interface Frames {
  /** Frames in each slice of time. */
  columns: number[];
  /** The length of a slice in seconds. */
  width: number;
  /** Whether only the latest slices are kept. */
  slides: boolean;
  rate: number | null;
  frames: number;
  bytes: number;
  first: number | null;
  gap: number | null;
}
