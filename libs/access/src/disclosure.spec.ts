import { describe, expect, it } from '@jest/globals';
import type { Classed, DisclosureClass } from '#governance';
import type { CivilDate } from '#kernel';
import { disclosed, disclosureFor, seesEverything, WITHHELD_TITLE, type Presentation } from './disclosure.js';
import { ROLES, type Role } from './roles.js';

const reader = (...roles: string[]) => ({ roles });
const classed = (disclosure: DisclosureClass, more: Partial<Classed> = {}): Classed => ({ disclosure, ...more });

/** Class on the basis, class now, what others see, what whoever may see everything sees. */
const TABLE: readonly (readonly [DisclosureClass | null, DisclosureClass | null, Presentation])[] = [
  [null, null, 'full'],
  [null, 'PUBLIC', 'full'],
  [null, 'EXEMPT', 'stub'],
  [null, 'CONFIDENTIAL', 'absent'],
  ['PUBLIC', null, 'full'],
  ['PUBLIC', 'PUBLIC', 'full'],
  ['PUBLIC', 'EXEMPT', 'stub'],
  ['PUBLIC', 'CONFIDENTIAL', 'absent'],
  ['EXEMPT', null, 'stub'],
  ['EXEMPT', 'PUBLIC', 'stub'],
  ['EXEMPT', 'EXEMPT', 'stub'],
  ['EXEMPT', 'CONFIDENTIAL', 'absent'],
  ['CONFIDENTIAL', null, 'absent'],
  ['CONFIDENTIAL', 'PUBLIC', 'absent'],
  ['CONFIDENTIAL', 'EXEMPT', 'absent'],
  ['CONFIDENTIAL', 'CONFIDENTIAL', 'absent'],
];
const given = (disclosure: DisclosureClass | null) => (disclosure === null ? undefined : classed(disclosure));

describe('what a reader sees of a decision', () => {
  it.each(TABLE)('that was %s on the basis and is %s now: %s', (then, now, others) => {
    for (const role of ROLES) {
      const sees = role === 'governance-officer' || role === 'auditor';
      expect([role, disclosureFor(reader(role), given(then), given(now)).presentation]).toEqual([
        role,
        sees ? 'full' : others,
      ]);
    }
    expect(disclosureFor(reader(), given(then), given(now)).presentation).toBe(others);
    expect(disclosureFor(reader('administrator'), given(then), given(now)).presentation).toBe(others);
    expect(disclosureFor(reader('reader', 'auditor'), given(then), given(now)).presentation).toBe('full');
  });

  it('is everything for an officer and an auditor, and for nobody else', () => {
    const seeing = (ROLES as readonly Role[]).filter((role) => seesEverything(reader(role)));
    expect(seeing).toEqual(['governance-officer', 'auditor']);
  });

  it('is told with the reasons of now where it is withheld now, and else with those of then', () => {
    const exempt = (publicTitle: string) => classed('EXEMPT', { exemption: { publicTitle, ground: 'FOIA_43' } });
    const because = (then: Classed, now: Classed) => disclosureFor(reader('reader'), then, now).because;
    expect(because(exempt('then'), exempt('now'))).toEqual({ publicTitle: 'now', ground: 'FOIA_43' });
    expect(because(exempt('then'), classed('PUBLIC'))).toEqual({ publicTitle: 'then', ground: 'FOIA_43' });
    expect(because(classed('PUBLIC'), exempt('now'))).toEqual({ publicTitle: 'now', ground: 'FOIA_43' });
  });
});

const SECRET = 'SECRET';
const state = {
  reference: 'R1',
  title: SECRET,
  datedOn: '2025-04-01',
  takenOn: '2025-04-02',
  decidedBy: ['board'],
  officer: SECRET,
  amount: { pence: 77 },
  text: SECRET,
  note: SECRET,
  procurement: { supplier: SECRET, standstillUntil: '2025-04-30' },
  status: 'IN_STANDSTILL',
  standing: 'TAKEN',
  ended: false,
  inventedTomorrow: SECRET,
  disclosure: 'EXEMPT' as const,
  exemption: {
    ground: 'LGA_12A_3' as const,
    reasoning: SECRET,
    decidedBy: SECRET,
    reviewOn: '2025-09-01' as CivilDate,
    publicTitle: 'Contract matter',
  },
};

describe('a stub', () => {
  it('has what may be published, and of what is added to decisions later nothing', () => {
    expect(disclosed(state, disclosureFor(reader('reader'), state, state))).toEqual({
      reference: 'R1',
      title: 'Contract matter',
      datedOn: '2025-04-01',
      decidedBy: ['board'],
      status: 'TAKEN',
      standing: 'TAKEN',
      ended: false,
      disclosure: 'EXEMPT',
      exemption: { ground: 'LGA_12A_3', reviewOn: '2025-09-01', publicTitle: 'Contract matter' },
      stub: true,
    });
  });
  it('has a neutral title where none was approved', () => {
    const bare = { ...state, exemption: {} };
    expect(disclosed(bare, disclosureFor(reader('reader'), bare, bare))?.title).toBe(WITHHELD_TITLE);
  });
  it('is nothing at all where the decision is confidential, and is not made for whoever may see it', () => {
    expect(disclosed(state, disclosureFor(reader('reader'), state, classed('CONFIDENTIAL')))).toBeUndefined();
    expect(disclosed(state, disclosureFor(reader('auditor'), state, classed('CONFIDENTIAL')))).toBe(state);
  });
});

describe('parts', () => {
  const parts = (...withheldParts: NonNullable<Classed['withheldParts']>) => classed('PUBLIC', { withheldParts });
  const open = { ...state, disclosure: 'PUBLIC' as const, exemption: undefined };
  const amount = { field: 'amount', disclosure: 'EXEMPT', ground: 'FOIA_43', reasoning: SECRET } as const;
  const note = { field: 'note', disclosure: 'CONFIDENTIAL', ground: 'LGA_100A' } as const;

  it('are withheld by the stricter of then and now, each for itself; the confidential ones are not named', () => {
    const disclosure = disclosureFor(reader('reader'), parts(amount), parts(note));
    expect(disclosure).toMatchObject({
      presentation: 'full',
      stub: false,
      withheldFields: ['note', 'amount'],
      unnamedFields: ['note'],
    });
    const shown = disclosed(open, disclosure);
    expect(shown).toMatchObject({
      title: SECRET,
      withheldParts: [{ field: 'amount', disclosure: 'EXEMPT', ground: 'FOIA_43' }],
    });
    expect(Object.keys(shown ?? {})).not.toEqual(expect.arrayContaining(['amount']));
    expect(Object.keys(shown ?? {})).not.toEqual(expect.arrayContaining(['note']));
    expect(JSON.stringify(shown?.withheldParts)).not.toContain(SECRET);
  });
  it('take with them what else says something of them: whose money, whether taxed, from whom', () => {
    const told = { ...open, spending: 'CAPITAL', vat: 'EXCLUDED', provider: 'acme' };
    const procurement = { field: 'procurement', disclosure: 'EXEMPT' } as const;
    const without = (part: typeof amount | typeof procurement) =>
      Object.keys(disclosed(told, disclosureFor(reader('reader'), undefined, parts(part))) ?? {});
    expect(without(amount).filter((field) => ['spending', 'vat', 'provider'].includes(field))).toEqual(['provider']);
    expect(without(procurement).filter((field) => ['spending', 'vat', 'provider'].includes(field))).toEqual([
      'spending',
      'vat',
    ]);
  });
  it('take the stricter class where they are of two', () => {
    const twice = disclosureFor(reader('reader'), parts({ ...amount, disclosure: 'CONFIDENTIAL' }), parts(amount));
    expect(twice.unnamedFields).toEqual(['amount']);
  });
  it('take with them what they would tell: a standstill that the procurement says', () => {
    const procurement = { field: 'procurement', disclosure: 'EXEMPT' } as const;
    expect(disclosed(open, disclosureFor(reader('reader'), undefined, parts(procurement)))?.status).toBe('TAKEN');
    expect(disclosed(open, disclosureFor(reader('reader'), undefined, parts(amount)))?.status).toBe('IN_STANDSTILL');
  });
  it('are all there for an officer, with why', () => {
    const disclosure = disclosureFor(reader('governance-officer'), parts(amount), parts(note));
    expect(disclosure.withheldFields).toEqual([]);
    expect(disclosed(open, disclosure)).toBe(open);
  });
});
