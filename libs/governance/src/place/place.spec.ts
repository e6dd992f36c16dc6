import { describe, expect, it } from '@jest/globals';
import { scenario } from '#testing';
import { place } from './place.js';
import type { PlaceDetails, PlaceEvent } from './place.events.js';

const { given } = scenario(place);
const forest: PlaceDetails = {
  name: 'Forest of Dean',
  kind: 'NEIGHBOURHOOD',
  parents: ['glos'],
  identifiers: [{ scheme: 'gss', value: 'E07000080' }],
  boundary: 'The district',
  note: 'n',
};
const defined: PlaceEvent = { type: 'PlaceDefined', data: forest };
const ended: PlaceEvent = { type: 'PlaceEnded', data: {} };

describe('defining a place', () => {
  it('keeps what was said, and refers to the places that it lies within', () => {
    given().when({ type: 'DefinePlace', data: forest }).gives(defined);
    expect(place.references({ type: 'DefinePlace', data: forest })).toEqual([
      { aggregate: 'place', id: 'glos', field: 'parents[0]' },
    ]);
  });
  it('is refused twice, and possible again after it ended', () => {
    given(defined).when({ type: 'DefinePlace', data: forest }).refuses('ALREADY_BEGUN');
    given(defined, ended).when({ type: 'DefinePlace', data: forest }).gives(defined);
  });
});

describe('changing and ending a place', () => {
  it('says what is different, and null where it lies within nothing any more', () => {
    given(defined)
      .when({ type: 'ChangePlace', data: { parents: null } })
      .gives({ type: 'PlaceChanged', data: { parents: null } });
    given(defined)
      .when({ type: 'EndPlace', data: { reason: 'joined' } })
      .gives({ type: 'PlaceEnded', data: { reason: 'joined' } });
  });
  it('is refused before it was defined, and an end twice', () => {
    given()
      .when({ type: 'ChangePlace', data: { name: 'x' } })
      .refuses('NOT_BEGUN');
    given(defined, ended).when({ type: 'EndPlace', data: {} }).refuses('ALREADY_ENDED');
  });
});
