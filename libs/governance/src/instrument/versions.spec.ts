import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCivilDate, type DomainEvent } from '#kernel';
import type { Clause, InstrumentEvent } from './instrument.events.js';
import { clauseDifferences, issuedVersions, versionKey } from './versions.js';

const at = (effectiveOn: string, event: InstrumentEvent, envelope: object = {}) =>
  ({ ...event, effectiveOn: parseCivilDate(effectiveOn, 'day'), envelope }) as Pick<
    DomainEvent,
    'effectiveOn' | 'envelope'
  > &
    InstrumentEvent;
const adopted = at('2022-07-01', {
  type: 'InstrumentAdopted',
  data: { title: 'Scheme', kind: 'SORD_ENTRY', version: '1', adoptedByDecision: 'd1' },
});
const issued = (day: string, version: string, more: object = {}) =>
  at(day, { type: 'VersionIssued', data: { version, ...more } });
const found = at('2023-05-01', {
  type: 'VersionFoundInvalid',
  data: { version: '2', reason: 'inquorate', decision: 'd9' },
});
const ratified = at('2023-09-28', { type: 'VersionRatified', data: { version: '2', decision: 'd10' } });

describe('the versions that were issued', () => {
  it('stand in the order in which they take effect, each with who adopted it', () => {
    expect(issuedVersions([adopted, issued('2023-05-01', '2', { adoptedByDecision: 'd2', change: 'more' })])).toEqual([
      { version: '1', effectiveOn: '2022-07-01', adoptedByDecision: 'd1' },
      { version: '2', effectiveOn: '2023-05-01', adoptedByDecision: 'd2', change: 'more' },
    ]);
  });
  it('are invalid from when they were found to be until they were ratified', () => {
    const two = issued('2023-05-01', '2');
    const [, invalid] = issuedVersions([adopted, two, found]);
    expect(invalid).toEqual({
      version: '2',
      effectiveOn: '2023-05-01',
      invalid: { because: 'inquorate', since: '2023-05-01', decision: 'd9' },
    });
    expect(issuedVersions([adopted, two, found, ratified])[1]).toEqual({
      version: '2',
      effectiveOn: '2023-05-01',
      ratified: { on: '2023-09-28', decision: 'd10' },
    });
    expect(issuedVersions([adopted, two, ratified, found])[1]).not.toHaveProperty('ratified');
  });
  it('have no day where nobody knows it, and take the place of their own draft', () => {
    const unknown = at('0001-01-01', adopted, { startKnown: false });
    expect(issuedVersions([unknown])).toEqual([{ version: '1', adoptedByDecision: 'd1' }]);
    const drafted = [issued('2023-01-01', '2', { draft: true }), issued('2023-05-01', '2')];
    expect(issuedVersions([adopted, ...drafted]).map(({ version, draft }) => [version, draft])).toEqual([
      ['1', undefined],
      ['2', undefined],
    ]);
  });
});

describe('what is different in two versions', () => {
  const of = (clause: string, text: string, title?: string): Clause => ({ clause, text, ...(title && { title }) });

  it('is told clause by clause, what was removed where it stood', () => {
    const before = [of('1', 'a'), of('2', 'b'), of('3', 'c', 'Old'), of('4', 'd')];
    const after = [of('0', 'new'), of('1', 'a'), of('3', 'c', 'New'), of('4', 'e')];
    expect(clauseDifferences(before, after)).toEqual([
      { clause: '0', change: 'ADDED', after: of('0', 'new') },
      { clause: '2', change: 'REMOVED', before: of('2', 'b') },
      { clause: '3', change: 'CHANGED', before: of('3', 'c', 'Old'), after: of('3', 'c', 'New') },
      { clause: '4', change: 'CHANGED', before: of('4', 'd'), after: of('4', 'e') },
    ]);
    expect(clauseDifferences(before, before)).toEqual([]);
    expect(clauseDifferences([of('1', 'a'), of('2', 'b')], [])).toMatchObject([{ clause: '1' }, { clause: '2' }]);
  });

  const clauses = fc
    .uniqueArray(fc.constantFrom('1', '2', '3', '4', '5'), { maxLength: 5 })
    .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom('a', 'b').map((text) => of(name, text)))));

  it('makes the later of the earlier, for all pairs', () => {
    fc.assert(
      fc.property(clauses, clauses, (before, after) => {
        const words = new Map(before.map(({ clause, text }) => [clause, text]));
        const differences = clauseDifferences(before, after);
        for (const { clause, after: is } of differences) {
          if (is) words.set(clause, is.text);
          else words.delete(clause);
        }
        expect(words).toEqual(new Map(after.map(({ clause, text }) => [clause, text])));
        expect(new Set(differences.map(({ clause }) => clause)).size).toBe(differences.length);
        for (const { before: was, after: is } of differences) expect(was?.text).not.toBe(is?.text);
      }),
    );
  });
});

describe('under what is listed what a version makes', () => {
  it('is of the instrument and the version together, and of neither alone', () => {
    expect(versionKey('a', 'b c')).not.toBe(versionKey('a b', 'c'));
    expect([versionKey('a', undefined), versionKey(undefined, '1')]).toEqual([undefined, undefined]);
  });
});
