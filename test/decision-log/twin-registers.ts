import { openLog, Submit, SubmitHandler, type Step } from '#command';
import { openEventStore } from '#event-store';
import type { Actor, Instant } from '#kernel';
import { canary, CLOSED, RECORDED } from '../withheld-register.js';
import { newFolder, register } from './made-log.js';

const clerk: Actor = { id: 'clerk-1', roles: ['governance-officer'], vouchedBy: 'test' };

/** Parts of the decision `parts` that the public does not see. */
const CLOSED_PARTS = ['reasons', 'newReasons', 'supplier', 'noticeId', 'note', 'reasoning', 'exemptedBy', 'document'];

/** Texts that are withheld from the public whatever it asks. */
export const HIDDEN_TEXTS = new RegExp(
  `CANARY-(?:(?:${CLOSED.join('|')})-|lifted-(?:reasoning|exemptedBy)\\b|parts-(?:${CLOSED_PARTS.join('|')})\\b)`,
  'gi',
);

const isClosed = (id: string): boolean => (CLOSED as readonly string[]).includes(id);

/** The same step with other words, longer ones, and other figures, days, people and kinds, wherever those are withheld. */
const withOtherSecrets = (id: string, step: Step): Step => {
  let text = JSON.stringify(step).replaceAll(HIDDEN_TEXTS, (found) => `ANOTHER-${found.slice(7)}with-more-words-`);
  if (isClosed(id) || id === 'parts') {
    text = text
      .replaceAll(/"(pence)":(\d+)/g, (_, field, figure) => `"${field}":${Number(figure) * 13 + 7}`)
      .replaceAll('"PSR_DIRECT_C"', '"PSR_COMPETITIVE"')
      .replaceAll(/"(standstillUntil|tenderDeadline)":"[^"]*"/g, '"$1":"2032-02-02"');
  }
  if (isClosed(id)) {
    text = text
      .replaceAll('"AWARD_CONTRACT"', '"NOTE"')
      .replaceAll('"MEETING_PRIVATE_SESSION"', '"URGENT_CHAIR_CEO"')
      .replaceAll(/"(officer|meeting|delegation)":"[^"]*",(?!"condition")/g, '');
  }
  return JSON.parse(text) as Step;
};

/**
 * The register of canaries in a folder, with its views, held by nobody.
 *
 * @param secrets `others`: with everything else in the place of what the public is not shown. What it is shown, the
 *   order and the instants of recording are the same, and so are the ids.
 */
export const twinRegister = async (secrets: 'canaries' | 'others'): Promise<string> => {
  const folder = newFolder();
  const store = await openEventStore('sqlite:', folder);
  try {
    await openLog(store, { recordedInstants: 'kept', source: 'test' }, clerk, '2024-01-01T09:00:00.000Z' as Instant);
    const handler = new SubmitHandler(store);
    const inOrder = RECORDED.map((fact, index) => ({ fact, index })).toSorted((a, b) => a.fact[0] - b.fact[0]);
    for (const { fact, index } of inOrder) {
      const [month, aggregate, id, recorded] = fact;
      const hidden = aggregate === 'decision' && (isClosed(id) || id === 'parts');
      const other = secrets === 'others' && aggregate === 'decision';
      const step = other ? withOtherSecrets(id, recorded) : recorded;
      const of = (field: string): string => (other && hidden ? `another-${field}` : canary(id, field));
      const said = { source: { system: 'test', document: of('document'), url: of('url') }, onBehalfOf: of('behalf') };
      const recordedAt = new Date(Date.UTC(2024, month - 1, 10, 9, 0, index)).toISOString() as Instant;
      const intent = { aggregate, id, commandId: `c${index + 1}`, steps: [step], recordedAt };
      await handler.execute(new Submit(hidden ? { ...intent, ...said } : intent, clerk));
    }
  } finally {
    await store.close();
  }
  const { code, err } = await register(folder, ['rebuild']);
  if (code !== 0) throw new Error(err);
  return folder;
};
