/** The address in EVENTSTORE_URL, undefined where none is set. @throws Error where nobody listens there. */
export function realServer(): Promise<string | undefined>;
