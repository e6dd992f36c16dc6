import { describe, expect, it } from '@jest/globals';
import { scenario } from '#testing';
import { catalogueFunction } from './function.js';
import type { FunctionDetails, FunctionEvent } from './function.events.js';

const { given } = scenario(catalogueFunction);
const dental: FunctionDetails = {
  name: 'Primary dental services',
  catalogue: 'ICS-2022',
  statute: 'National Health Service Act 2006',
  provision: 's99',
  source: 'A source',
  services: ['dental'],
  delegable: true,
  partOf: 'primary-care',
  identifiers: [{ scheme: 'map', value: 'F7' }],
  note: 'n',
};
const defined: FunctionEvent = { type: 'FunctionDefined', data: dental };
const ended: FunctionEvent = { type: 'FunctionEnded', data: {} };

describe('defining a function', () => {
  it('keeps what was said, and refers to the function that it is part of', () => {
    given().when({ type: 'DefineFunction', data: dental }).gives(defined);
    expect(catalogueFunction.references({ type: 'DefineFunction', data: dental })).toEqual([
      { aggregate: 'function', id: 'primary-care', field: 'partOf' },
    ]);
  });
  it('keeps that it may not be delegated on apart from nothing being said of it', () => {
    given()
      .when({ type: 'DefineFunction', data: { name: 'Accounts', delegable: false } })
      .gives({ type: 'FunctionDefined', data: { name: 'Accounts', delegable: false } });
    given()
      .when({ type: 'DefineFunction', data: { name: 'Accounts' } })
      .gives({ type: 'FunctionDefined', data: { name: 'Accounts' } });
  });
  it('is refused twice, and possible again after it ended', () => {
    given(defined).when({ type: 'DefineFunction', data: dental }).refuses('ALREADY_BEGUN');
    given(defined, ended).when({ type: 'DefineFunction', data: dental }).gives(defined);
  });
});

describe('changing and ending a function', () => {
  it('says what is different, and null where nothing is left', () => {
    given(defined)
      .when({ type: 'ChangeFunction', data: { provision: 's100', delegable: null } })
      .gives({ type: 'FunctionChanged', data: { provision: 's100', delegable: null } });
    given(defined)
      .when({ type: 'EndFunction', data: { reason: 'repealed' } })
      .gives({ type: 'FunctionEnded', data: { reason: 'repealed' } });
  });
  it('is refused before it was defined, and an end twice', () => {
    given()
      .when({ type: 'ChangeFunction', data: { name: 'x' } })
      .refuses('NOT_BEGUN');
    given(defined, ended).when({ type: 'EndFunction', data: {} }).refuses('ALREADY_ENDED');
  });
});
