import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { instrument } from './instrument.js';
import type { InstrumentEvent } from './instrument.events.js';

const { given } = scenario(instrument);
const day = (text: string) => parseCivilDate(text, 'day');
const handbook = { title: 'NHS Suffolk and North East Essex ICB governance handbook', kind: 'HANDBOOK' } as const;
const adopted: InstrumentEvent = { type: 'InstrumentAdopted', data: handbook };
const issued = (version: string, draft?: boolean): InstrumentEvent => ({
  type: 'VersionIssued',
  data: draft === undefined ? { version } : { version, draft },
});
const withdrawn: InstrumentEvent = { type: 'InstrumentWithdrawn', data: {} };

describe('adopting an instrument', () => {
  it('keeps every field by name and leaves out what was not said', () => {
    const data = {
      ...handbook,
      organisation: 'QJG',
      body: 'snee-board',
      partOf: 'snee-constitution',
      clause: '4.2',
      text: 'What it provides.',
      adoptedOn: day('2022-06-30'),
      adoptedByDecision: 'd1',
      website: 'https://example.org',
      identifiers: [{ scheme: 'local', value: 'GH1' }],
      note: 'A note.',
      version: '1.0',
      draft: false,
    };
    given().when({ type: 'AdoptInstrument', data }).gives({ type: 'InstrumentAdopted', data });
  });
  it('is refused where it has begun and not ended', () => {
    given(adopted).when({ type: 'AdoptInstrument', data: handbook }).refuses('ALREADY_BEGUN');
  });
  it('is possible again after it was withdrawn', () => {
    given(adopted, withdrawn).when({ type: 'AdoptInstrument', data: handbook }).gives(adopted);
  });
  it('names the subjects it points to', () => {
    const data = { ...handbook, organisation: 'QJG', body: 'b', partOf: 'i', adoptedByDecision: 'd' };
    expect(instrument.references({ type: 'AdoptInstrument', data })).toEqual([
      { aggregate: 'organisation', id: 'QJG', field: 'organisation' },
      { aggregate: 'body', id: 'b', field: 'body' },
      { aggregate: 'instrument', id: 'i', field: 'partOf' },
      { aggregate: 'decision', id: 'd', field: 'adoptedByDecision' },
    ]);
  });
});

describe('issuing a version', () => {
  it('keeps what it changed and when it was approved', () => {
    const data = { version: '3.0', change: 'Functions map changed.', approvedOn: day('2023-03-22') };
    given(adopted, issued('2.0')).when({ type: 'IssueVersion', data }).gives({ type: 'VersionIssued', data });
  });
  it('is refused where the version before has the same number', () => {
    given(adopted, issued('2.0'))
      .when({ type: 'IssueVersion', data: { version: '2.0' } })
      .refuses('INSTRUMENT_VERSION_USED');
  });
  it('is refused where the instrument was adopted with that number', () => {
    given({ type: 'InstrumentAdopted', data: { ...handbook, version: '1.0' } }, { type: 'InstrumentChanged', data: {} })
      .when({ type: 'IssueVersion', data: { version: '1.0' } })
      .refuses('INSTRUMENT_VERSION_USED');
  });
  it('is possible under the number of its own draft', () => {
    given(adopted, issued('2.0', true))
      .when({ type: 'IssueVersion', data: { version: '2.0' } })
      .gives(issued('2.0'));
  });
  it('is refused as the same draft again', () => {
    given(adopted, issued('2.0', true))
      .when({ type: 'IssueVersion', data: { version: '2.0', draft: true } })
      .refuses('INSTRUMENT_VERSION_USED');
  });
  it('is refused before the instrument was adopted', () => {
    given()
      .when({ type: 'IssueVersion', data: { version: '1.0' } })
      .refuses('NOT_BEGUN');
  });
});

describe('changing an instrument', () => {
  it('says what is new and nothing else', () => {
    given(adopted)
      .when({ type: 'ChangeInstrument', data: { note: 'Reviewed yearly.' } })
      .gives({ type: 'InstrumentChanged', data: { note: 'Reviewed yearly.' } });
  });
  it('is refused before it was adopted', () => {
    given().when({ type: 'ChangeInstrument', data: {} }).refuses('NOT_BEGUN');
  });
});

describe('withdrawing an instrument', () => {
  it('names what stands in its place', () => {
    const data = { reason: 'Merged.', replacedBy: 'i2' };
    given(adopted).when({ type: 'WithdrawInstrument', data }).gives({ type: 'InstrumentWithdrawn', data });
    expect(instrument.references({ type: 'WithdrawInstrument', data })).toEqual([
      { aggregate: 'instrument', id: 'i2', field: 'replacedBy' },
    ]);
  });
  it('is refused before it was adopted', () => {
    given().when({ type: 'WithdrawInstrument', data: {} }).refuses('ENDS_BEFORE_START');
  });
  it('is refused twice', () => {
    given(adopted, withdrawn).when({ type: 'WithdrawInstrument', data: {} }).refuses('ALREADY_ENDED');
  });
});
