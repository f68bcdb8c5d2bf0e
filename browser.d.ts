/** What a browser module finds beside the modules it imports. */

/** The classic script of django-htmx, as far as our modules speak to it. */
declare const htmx: {
  ajax(
    verb: string,
    path: string | undefined,
    more: {
      source?: Element | string | null;
      target?: Element | string | null;
      swap?: string;
      values?: object;
      headers?: Record<string, string>;
    },
  ): Promise<void>;
  defineExtension(name: string, extension: object): void;
};
