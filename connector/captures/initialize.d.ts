/** What `initialize.py` tells the dialog while it reads an answer. Times are in seconds since the call was sent. */

import type { Problem } from "builder/errors";

export interface Picture {
  elapsed: number;
  status: string;
  content_type?: string;
  frames: number;
  bytes: number;
  /** Frames in each slice of the time, and how many slices a second has. */
  pulse: number[];
  slices: number;
  newest: Shown[];
  /** When each stage was reached. */
  marks: Partial<Record<"connected" | "first_byte" | "first_text", number>>;
  /** How long the first byte is waited for. */
  wait?: string;
  /** The end of the text that grows, and where in a frame it was found. */
  text: string;
  path: string;
  /** The capture that was kept, once all is read. */
  done?: number;
}

export interface Shown {
  n: number;
  at: number;
  /** Bytes. */
  size: number;
  text: string;
  event: string | null;
  /** The part of the text that grows which this frame brings. */
  piece: string | null;
}

/** With a place that this person may let calls reach, where that is what was missing. */
export type Failed = Problem & { allow?: string };

/** A picture, the last one with `done`; or that it failed, or was left. */
export type Told = Picture | { failed: Failed } | { cancelled: true };
