/** The one shape of an error, on HTTP and on sockets: what `StreamwrightError.as_json` writes as `error`. */
export interface Problem {
  code: string;
  sentence: string;
  why: string;
  todo: string;
  data: Record<string, unknown>;
}
