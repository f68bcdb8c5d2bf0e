/** What `debugger.py` tells the bar below a page in preview, ten times a second at most. Times are in seconds. */
export interface Picture {
  run: Run | null;
  /** The newest first. */
  runs: Named[];
  /** How fast recordings answer the calls, null where the services do. */
  replay: number | null;
  values: ValueRow[];
  /** Null before anything streamed. */
  frames: Frames | null;
}

export interface Named {
  id: string;
  title: string;
  /** Since 1970. */
  began: number;
}

export interface Run extends Named {
  state: string;
  /** Whether a stream of it goes on. */
  streams: boolean;
  seconds: number;
  steps: Step[];
  reason: string;
  todo: string;
}

/** As `picture.py` says it, and the bars as seconds since the run began; a `to` of null is now. */
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
  /** Whether it is a long text, of which the end is shown. */
  tail: boolean;
}

/** What `meter.py` has counted, null for what has not happened. */
export interface Frames {
  /** Frames in each slice of time. */
  columns: number[];
  /** Seconds of a slice. */
  width: number;
  /** Whether the slices before the last ones are let go. */
  slides: boolean;
  rate: number | null;
  frames: number;
  bytes: number;
  first: number | null;
  gap: number | null;
}
