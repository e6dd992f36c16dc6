import { describe, expect, it } from '@jest/globals';
import { scenario } from '#testing';
import { body } from './body.js';
import type { BodyDetails, BodyEvent } from './body.events.js';

const { given } = scenario(body);
const partnership: BodyDetails = {
  name: 'Gloucestershire Health and Wellbeing Partnership',
  kind: 'ICP',
  owners: ['QR1', 'E10000013'],
  quorum: { members: 5, note: 'one of each founder' },
  identifiers: [{ scheme: 'moderngov', value: '881' }],
};
const established: BodyEvent = { type: 'BodyEstablished', data: partnership };
const dissolved: BodyEvent = { type: 'BodyDissolved', data: {} };

describe('establishing a body', () => {
  it('keeps what was said, its owners and quorum too', () => {
    given().when({ type: 'EstablishBody', data: partnership }).gives(established);
  });
  it('is refused where it has begun, and possible again after it was dissolved', () => {
    given(established).when({ type: 'EstablishBody', data: partnership }).refuses('ALREADY_BEGUN');
    given(established, dissolved).when({ type: 'EstablishBody', data: partnership }).gives(established);
  });
  it('refers to each owner and to the body above', () => {
    const references = body.references({ type: 'EstablishBody', data: { ...partnership, parentBody: 'glos-board' } });
    expect(references).toEqual([
      { aggregate: 'organisation', id: 'QR1', field: 'owners[0]' },
      { aggregate: 'organisation', id: 'E10000013', field: 'owners[1]' },
      { aggregate: 'body', id: 'glos-board', field: 'parentBody' },
    ]);
  });
});

describe('changing a body', () => {
  it('says only what changed, even after it was dissolved', () => {
    given(established, dissolved)
      .when({ type: 'ChangeBody', data: { meets: 'quarterly' } })
      .gives({ type: 'BodyChanged', data: { meets: 'quarterly' } });
  });
  it('is refused before it has begun', () => {
    given()
      .when({ type: 'ChangeBody', data: { meets: 'quarterly' } })
      .refuses('NOT_BEGUN');
  });
});

describe('adopting a place arrangement', () => {
  const adopt = { type: 'AdoptPlaceArrangement', data: { place: 'Stroud', arrangement: 'ICB_COMMITTEE' } } as const;
  it('is recorded for a body that has begun', () => {
    given(established).when(adopt).gives({ type: 'PlaceArrangementAdopted', data: adopt.data });
  });
  it('is refused before', () => {
    given().when(adopt).refuses('NOT_BEGUN');
  });
});

describe('suspending a body and letting it act again', () => {
  const suspended: BodyEvent = { type: 'BodySuspended', data: { reason: 'review' } };
  it('is recorded', () => {
    given(established)
      .when({ type: 'SuspendBody', data: { reason: 'review' } })
      .gives(suspended);
    given(established, suspended).when({ type: 'ResumeBody', data: {} }).gives({ type: 'BodyResumed', data: {} });
  });
  it('is refused before it has begun', () => {
    given().when({ type: 'SuspendBody', data: {} }).refuses('NOT_BEGUN');
    given().when({ type: 'ResumeBody', data: {} }).refuses('NOT_BEGUN');
  });
});

describe('dissolving a body', () => {
  it('names the body it became part of, and refers to it', () => {
    const command = { type: 'DissolveBody', data: { reason: 'merger', mergedInto: 'cluster-board' } } as const;
    given(established).when(command).gives({ type: 'BodyDissolved', data: command.data });
    expect(body.references(command)).toEqual([{ aggregate: 'body', id: 'cluster-board', field: 'mergedInto' }]);
  });
  it('is refused before it has begun, and twice', () => {
    given().when({ type: 'DissolveBody', data: {} }).refuses('ENDS_BEFORE_START');
    given(established, dissolved).when({ type: 'DissolveBody', data: {} }).refuses('ALREADY_ENDED');
  });
});
