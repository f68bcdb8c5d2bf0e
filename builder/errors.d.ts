/** The form of every error, over HTTP and sockets: what `StreamwrightError.as_json` returns as `error`. */
export interface Problem {
  code: string;
  sentence: string;
  why: string;
  todo: string;
  data: Record<string, unknown>;
}
