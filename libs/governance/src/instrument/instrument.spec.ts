import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { instrument, type InstrumentCommand } from './instrument.js';
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
      parties: [{ organisation: 'QJG', body: 'b', name: 'n', approvedByDecision: 'd2', approvedOn: day('2022-06-01') }],
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
    const parties = [{ name: 'the council' }, { organisation: 'E10', body: 'c', approvedByDecision: 'd2' }];
    const data = { ...handbook, organisation: 'QJG', body: 'b', partOf: 'i', adoptedByDecision: 'd', parties };
    expect(instrument.references({ type: 'AdoptInstrument', data })).toEqual([
      { aggregate: 'organisation', id: 'QJG', field: 'organisation' },
      { aggregate: 'body', id: 'b', field: 'body' },
      { aggregate: 'instrument', id: 'i', field: 'partOf' },
      { aggregate: 'decision', id: 'd', field: 'adoptedByDecision' },
      { aggregate: 'organisation', id: 'E10', field: 'parties[1].organisation' },
      { aggregate: 'body', id: 'c', field: 'parties[1].body' },
      { aggregate: 'decision', id: 'd2', field: 'parties[1].approvedByDecision' },
    ]);
  });
});

describe('a version that was never valid', () => {
  const found: InstrumentEvent = { type: 'VersionFoundInvalid', data: { version: '2.0', reason: 'inquorate' } };
  it('is found by its number, with why, and ratified by it', () => {
    given(adopted, issued('2.0'))
      .when({ type: 'FindVersionInvalid', data: { version: '2.0', reason: 'inquorate', decision: 'd1' } })
      .gives({ type: 'VersionFoundInvalid', data: { version: '2.0', reason: 'inquorate', decision: 'd1' } });
    given(adopted, issued('2.0'), found)
      .when({ type: 'RatifyVersion', data: { version: '2.0', decision: 'd2' } })
      .gives({ type: 'VersionRatified', data: { version: '2.0', decision: 'd2' } });
    expect(instrument.references({ type: 'RatifyVersion', data: { version: '2.0', decision: 'd2' } })).toEqual([
      { aggregate: 'decision', id: 'd2', field: 'decision' },
    ]);
  });
  it('is one that was issued by then, the first of all among them, and no draft', () => {
    const find = (version: string): InstrumentCommand => ({
      type: 'FindVersionInvalid',
      data: { version, reason: 'inquorate' },
    });
    const first: InstrumentEvent = { type: 'InstrumentAdopted', data: { ...handbook, version: '1.0' } };
    given(first, issued('2.0'))
      .when(find('1.0'))
      .gives({
        type: 'VersionFoundInvalid',
        data: { version: '1.0', reason: 'inquorate' },
      });
    given(adopted, issued('2.0')).when(find('3.0')).refuses('INSTRUMENT_VERSION_UNKNOWN');
    given(adopted, issued('2.0', true)).when(find('2.0')).refuses('INSTRUMENT_VERSION_UNKNOWN');
    given(adopted)
      .when({ type: 'RatifyVersion', data: { version: '1.0' } })
      .refuses('INSTRUMENT_VERSION_UNKNOWN');
    given().when(find('1.0')).refuses('NOT_BEGUN');
    given(first, withdrawn, adopted).when(find('1.0')).refuses('INSTRUMENT_VERSION_UNKNOWN');
  });
});

describe('issuing a version', () => {
  it('keeps the decision that adopted it and its clauses, each under a number of its own', () => {
    const clauses = [
      { clause: '1', title: 'Name', text: 'The name.' },
      { clause: '2', text: 'The area.' },
    ];
    const data = { version: '2.0', adoptedByDecision: 'd1', clauses };
    given(adopted).when({ type: 'IssueVersion', data }).gives({ type: 'VersionIssued', data });
    expect(instrument.references({ type: 'IssueVersion', data })).toEqual([
      { aggregate: 'decision', id: 'd1', field: 'adoptedByDecision' },
    ]);
    const twice = [...clauses, { clause: '1', text: 'Again.' }];
    given(adopted)
      .when({ type: 'IssueVersion', data: { version: '2.0', clauses: twice } })
      .refuses('CONTRADICTS_ITSELF');
  });
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
