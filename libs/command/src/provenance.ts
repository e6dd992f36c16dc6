import { Refusal, WHYS, parseInstant, textTrouble, type RefusalCode, type Source, type Why } from '#kernel';

const SOURCE_FIELDS = ['system', 'document', 'url', 'locator', 'statedAt'];
const WHY_FIELDS = ['kind', 'reason', 'evidence'];

/** Longest text of a source or a reason, in UTF-16 code units. */
const LONGEST = 2_000;

/** Looks that a source can be stored as it was given. @throws Refusal `SOURCE` naming the field. */
export const checkSource = (source: Source | undefined, field: string): void => {
  if (source === undefined) return;
  checkTexts('SOURCE', source, SOURCE_FIELDS, field);
  if (source.statedAt !== undefined) parseInstant(source.statedAt, `${field}.statedAt`);
};

/** Looks that a correction or annulment says why (T3). @throws Refusal `WHY` naming the field. */
export const checkWhy = (why: Why | undefined, field: string): void => {
  if (!why || !WHYS.includes(why.kind)) {
    throw refusal('WHY', `${field}.kind`, `needed one of ${WHYS.join(', ')}, to correct or annul`);
  }
  if (typeof why.reason !== 'string' || why.reason.trim() === '') {
    throw refusal('WHY', `${field}.reason`, 'needed the reason in words, found nothing');
  }
  checkTexts('WHY', why, WHY_FIELDS, field);
};

function checkTexts(code: RefusalCode, given: object, known: readonly string[], field: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!known.includes(name)) throw refusal(code, `${field}.${name}`, `no such field; there are ${known.join(', ')}`);
    if (typeof value !== 'string' || value === '' || value.length > LONGEST) {
      const found = JSON.stringify(value)?.slice(0, 80);
      throw refusal(code, `${field}.${name}`, `needed text of 1 to ${LONGEST} characters, found ${found}`);
    }
    const trouble = textTrouble(value);
    if (trouble) throw refusal(code, `${field}.${name}`, `found ${trouble}, needed text without it`);
  }
}

function refusal(code: RefusalCode, field: string, message: string): Refusal {
  return new Refusal(code, `${field}: ${message}`, { field, ...(code === 'WHY' && { rule: 'T3' }) });
}
