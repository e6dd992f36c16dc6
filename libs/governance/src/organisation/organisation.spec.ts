import { describe, it } from '@jest/globals';
import { scenario } from '#testing';
import { organisation } from './organisation.js';
import type { OrganisationEvent } from './organisation.events.js';

const { given } = scenario(organisation);
const icb = { name: 'NHS Gloucestershire Integrated Care Board', kind: 'ICB' } as const;
const registered: OrganisationEvent = { type: 'OrganisationRegistered', data: icb };
const closed: OrganisationEvent = { type: 'OrganisationClosed', data: {} };

describe('registering an organisation', () => {
  it('keeps what was said and leaves out what was not', () => {
    given()
      .when({ type: 'RegisterOrganisation', data: { ...icb, identifiers: [{ scheme: 'ods', value: 'QR1' }] } })
      .gives({ type: 'OrganisationRegistered', data: { ...icb, identifiers: [{ scheme: 'ods', value: 'QR1' }] } });
  });
  it('is refused where it has begun and not ended', () => {
    given(registered).when({ type: 'RegisterOrganisation', data: icb }).refuses('ALREADY_BEGUN');
  });
  it('is possible again after it was closed', () => {
    given(registered, closed).when({ type: 'RegisterOrganisation', data: icb }).gives(registered);
  });
});

describe('changing an organisation', () => {
  it('is refused before it has begun', () => {
    given()
      .when({ type: 'ChangeOrganisation', data: { name: 'New name' } })
      .refuses('NOT_BEGUN');
  });
  it('is recorded even after it was closed: irregular, not impossible', () => {
    given(registered, closed)
      .when({ type: 'ChangeOrganisation', data: { note: 'seen later' } })
      .gives({ type: 'OrganisationChanged', data: { note: 'seen later' } });
  });
});

describe('closing an organisation', () => {
  it('is refused where it has not begun: it would end before it starts', () => {
    given().when({ type: 'CloseOrganisation', data: {} }).refuses('ENDS_BEFORE_START');
  });
  it('is refused twice', () => {
    given(registered, closed).when({ type: 'CloseOrganisation', data: {} }).refuses('ALREADY_ENDED');
  });
});
