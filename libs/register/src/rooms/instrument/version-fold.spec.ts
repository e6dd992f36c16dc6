import { describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '#kernel';
import type { InstrumentEvent } from '#governance';
import { instrumentView } from './instrument.view.js';

const after = (...events: readonly InstrumentEvent[]) =>
  events.reduce(
    (state, event) =>
      instrumentView.project(state, { ...event, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent),
    instrumentView.initial,
  );
const clauses = (text: string) => [{ clause: '1', text }];
const adopted: InstrumentEvent = {
  type: 'InstrumentAdopted',
  data: { title: 'Scheme', kind: 'SORD_ENTRY', version: '1', adoptedByDecision: 'd1' },
};
const issued = (version: string, more: object = {}): InstrumentEvent => ({
  type: 'VersionIssued',
  data: { version, adoptedByDecision: `d${version}`, clauses: clauses(`as in ${version}`), ...more },
});
const found = (version: string): InstrumentEvent => ({ type: 'VersionFoundInvalid', data: { version, reason: 'r' } });
const ratified = (version: string): InstrumentEvent => ({ type: 'VersionRatified', data: { version } });

/** Which version stands, by which decision, with which words, and which are invalid. */
const stands = (...events: readonly InstrumentEvent[]) => {
  const { version, versionAdoptedByDecision, clauses: said, invalidVersions, previousVersion } = after(...events);
  return [
    version,
    versionAdoptedByDecision,
    said?.[0]?.text,
    previousVersion,
    invalidVersions?.map((one) => one.version),
  ];
};

describe('a version that was never valid', () => {
  it('leaves the one before standing, with its decision and its words', () => {
    const events = [adopted, issued('2'), issued('3')];
    expect(stands(...events)).toEqual(['3', 'd3', 'as in 3', '2', undefined]);
    expect(stands(...events, found('3'))).toEqual(['2', 'd2', 'as in 2', undefined, ['3']]);
    expect(stands(adopted, issued('2'), found('2'))).toEqual(['1', 'd1', undefined, undefined, ['2']]);
    expect(after(...events, found('3')).invalidVersions).toEqual([{ version: '3', because: 'r', since: '2024-04-01' }]);
  });
  it('leaves none standing where it was the first', () => {
    expect(stands(adopted, found('1'))).toEqual([undefined, undefined, undefined, undefined, ['1']]);
  });
  it('leaves the last that was valid, where two after it in a row were not', () => {
    expect(stands(adopted, issued('2'), found('2'), issued('3'))).toEqual(['3', 'd3', 'as in 3', '1', ['2']]);
    expect(stands(adopted, issued('2'), found('2'), issued('3'), found('3'))).toEqual([
      '1',
      'd1',
      undefined,
      undefined,
      ['2', '3'],
    ]);
  });
  it('changes nothing about the one that stands where it is an earlier one, and does not come back for it', () => {
    expect(stands(adopted, issued('2'), issued('3'), found('2'))).toEqual(['3', 'd3', 'as in 3', '2', ['2']]);
    expect(stands(adopted, issued('2'), issued('3'), found('2'), found('3'))[0]).toBeUndefined();
  });
  it('keeps a draft, and what changed about the instrument itself', () => {
    const state = after(adopted, issued('2'), issued('3', { draft: true }), found('2'));
    expect(state).toMatchObject({ version: '1', draftVersion: '3', title: 'Scheme' });
  });
});

describe('a version that was ratified', () => {
  const events = [adopted, issued('2'), found('2')];
  it('stands again, with its decision and its words, and may be found invalid again', () => {
    expect(stands(...events, ratified('2'))).toEqual(['2', 'd2', 'as in 2', '1', undefined]);
    expect(stands(...events, ratified('2'), found('2'))).toEqual(['1', 'd1', undefined, undefined, ['2']]);
  });
  it('does not come before one that was issued since', () => {
    expect(stands(...events, issued('3'), ratified('2'))).toEqual(['3', 'd3', 'as in 3', '1', undefined]);
  });
  it('is as it was where nobody found it invalid', () => {
    expect(stands(adopted, issued('2'), ratified('2'))).toEqual(['2', 'd2', 'as in 2', '1', undefined]);
  });
  it('is found by the words of the clauses that stand, and by no others', () => {
    const texts = instrumentView.texts?.(after(...events)) ?? [];
    expect(texts).not.toContain('as in 2');
    expect(instrumentView.texts?.(after(...events, ratified('2')))).toContain('as in 2');
  });
});
