/** What `initialize.py` sends to the dialog while it reads a response. Times are in seconds since the call was sent. */

import type { Problem } from "builder/errors";

export interface Picture {
  elapsed: number;
  status: string;
  content_type?: string;
  frames: number;
  bytes: number;
  /** Frames in each slice of time, and the number of slices per second. */
  pulse: number[];
  slices: number;
  newest: Shown[];
  /** When each stage was reached. */
  marks: Partial<Record<"connected" | "first_byte" | "first_text", number>>;
  /** How long to wait for the first byte. */
  wait?: string;
  /** The end of the growing text, and where in a frame it was found. */
  text: string;
  path: string;
  /** The id of the stored capture, once everything is read. */
  done?: number;
}

export interface Shown {
  n: number;
  at: number;
  /** Bytes. */
  size: number;
  text: string;
  event: string | null;
  /** The part of the growing text that this frame adds. */
  piece: string | null;
}

/** With a host that this person may let calls reach, if that is what was missing. */
export type Failed = Problem & { allow?: string };

/** A snapshot, the last one with `done`; or that it failed, or was cancelled. */
export type Told = Picture | { failed: Failed } | { cancelled: true };
