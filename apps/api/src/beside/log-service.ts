import { answerAppends, LOG_PATH, type EventStore } from '#event-store';
import type { LocalService } from './local-door.js';

/** The log, for programs that import or issue beside this one (ADR 40). */
export const logService = (store: EventStore): LocalService => ({
  path: LOG_PATH,
  answer: (request, response) => answerAppends(store, request, response),
});
