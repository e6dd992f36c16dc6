import { describe, expect, it } from '@jest/globals';
import type { NewEvent } from '#kernel';
import { type Arrival, proposed, readEvent, type ServerEvent } from './record.js';

const ID = '0af76519-16cd-43dd-8448-eb211c80319c';
const event: NewEvent = {
  id: ID,
  type: 'Said',
  schemaVersion: 3,
  payload: '[1.0]',
  envelope: '{ "b":1,  "a": "Zoë\\n𝄞" }',
};
const arrival: Arrival = { append: ID, index: 1, count: 2, endsWrite: true, writer: 'a1b2' };
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** As the client gives metadata back: read as JSON where it is JSON, as bytes where it is not. */
const returned = (metadata: Uint8Array): unknown => {
  const text = Buffer.from(metadata).toString();
  try {
    return JSON.parse(text);
  } catch {
    return metadata;
  }
};
const stored = (data: unknown, metadata: unknown): ServerEvent => ({
  ...{ stream: 'register-main|a', revision: 7, id: ID, type: 'Said', data, metadata },
  ...{ createdAt: 0, place: { commit: 1n, prepare: 1n } },
});

describe('an event on its way through EventStoreDB', () => {
  it.each([arrival, { ...arrival, endsWrite: false, keptAt: 1_042 }])('comes back byte for byte: %j', (came) => {
    const { data, metadata } = proposed(event, came);
    expect(readEvent(stored(data, returned(metadata as Uint8Array)))).toEqual({ event, arrival: came });
  });

  it('is read as it was written before: a line, and the envelope as it is', () => {
    const lines = [`register1 3 1 2 1 ${ID} a1b2 -`, `register1 3 1 2 0 ${ID} a1b2 1042`];
    const read = lines.map((line) => readEvent(stored(bytes(event.payload), bytes(`${line}\n${event.envelope}`))));
    expect(read).toEqual([
      { event, arrival },
      { event, arrival: { ...arrival, endsWrite: false, keptAt: 1_042 } },
    ]);
  });

  it.each([
    ['no metadata', undefined],
    ['another list', ['register3', 1, 0, 1, true, ID, 'a', null, '{}']],
    ['a list that is too short', ['register2', 1, 0, 1, true, ID, 'a', '{}']],
    ['an envelope that is no text', ['register2', 1, 0, 1, true, ID, 'a', null, {}]],
    ['other bytes', bytes('register1 x\n{}')],
    ['an object', { register: 2 }],
  ])('is not taken for one of ours with %s', (_, metadata) => {
    expect(() => readEvent(stored(bytes('{}'), metadata))).toThrow(
      /^the register did not write event \S+ \(Said\), revision 7 of /,
    );
  });

  it('is not taken for one of ours where its data was JSON', () => {
    const { metadata } = proposed(event, arrival);
    expect(() => readEvent(stored({}, returned(metadata as Uint8Array)))).toThrow(/^the register did not write/);
  });
});
