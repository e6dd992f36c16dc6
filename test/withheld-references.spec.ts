import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { Submit, SubmitHandler, openLog, type Step } from '#command';
import { commandName, eventId } from '#event-store';
import { deciderOf } from '#governance';
import type { Actor, CivilDate, Instant } from '#kernel';
import { COMMANDS, type CommandName, fieldsOf } from '#wire';
import { logOf, textsOf } from './decision-log/log-of.js';
import { everythingOf } from './everything-asked.js';
import { openIssuer } from './issuer.js';
import { runApi, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

const officer: Actor = { id: 'officer', roles: ['governance-officer'], vouchedBy: 'test' };
const keeper: Actor = { id: 'HIDDEN-keeper', name: 'HIDDEN keeper', roles: ['governance-officer'], vouchedBy: 'test' };
const DAY = '2025-03-03' as CivilDate;
const step = (command: string, data: object, more: object = {}): Step => ({ command, data, effectiveOn: DAY, ...more });

interface Hidden {
  readonly day: CivilDate;
  readonly first: 'PUBLIC' | 'CONFIDENTIAL';
  /** What is recorded about it at the end. */
  readonly atTheEnd?: Step | 'annulled';
}

/** Decisions that a reader may not know of. What names them comes in between. */
const HIDDEN: Readonly<Record<string, Hidden>> = {
  stands: { day: DAY, first: 'CONFIDENTIAL' },
  ahead: { day: '2999-01-01' as CivilDate, first: 'CONFIDENTIAL' },
  became: {
    day: DAY,
    first: 'PUBLIC',
    atTheEnd: step('ClassifyDecision', { disclosure: 'CONFIDENTIAL', ground: 'OTHER' }),
  },
  gone: { day: DAY, first: 'CONFIDENTIAL', atTheEnd: 'annulled' },
};
const KINDS = Object.keys(HIDDEN);

const decision = { title: 'Plain', decidedBy: ['board'], takenOn: DAY, organisation: 'icb' };
const delegation = { functions: ['buying'], grantedByOrganisation: 'icb', delegateBodies: ['board'] };
const standing = { key: 'segment', text: 'Segment 1.', kind: 'UPSTREAM', applies: 'STANDING' };
const instrument = { title: 'Scheme', kind: 'HANDBOOK' };
const succession = { predecessor: 'icb', successor: 'other', kind: 'MERGER' };
const appointment = { person: 'ann', body: 'board', role: 'Chair' };
const matter = { committee: 'board', kind: 'RECOMMENDATION', text: 'Why?' };

/** Every field by which a command names a decision, and steps that say it, the last with the field. */
const NAMED_IN: Readonly<Record<string, readonly (readonly [command: CommandName, data: object])[]>> = {
  'TakeDecision.supersedes': [['TakeDecision', decision]],
  'ChangeDecision.supersedes': [
    ['TakeDecision', decision],
    ['ChangeDecision', {}],
  ],
  'SupersedeDecision.by': [
    ['TakeDecision', decision],
    ['SupersedeDecision', {}],
  ],
  'RescindDecision.by': [
    ['TakeDecision', decision],
    ['RescindDecision', {}],
  ],
  'RecordSuccession.madeByDecision': [['RecordSuccession', succession]],
  'GrantDelegation.madeByDecision': [['GrantDelegation', delegation]],
  'VaryDelegation.madeByDecision': [
    ['GrantDelegation', delegation],
    ['VaryDelegation', {}],
  ],
  'GrantDelegation.approvals': [['GrantDelegation', delegation]],
  'VaryDelegation.approvals': [
    ['GrantDelegation', delegation],
    ['VaryDelegation', {}],
  ],
  'SatisfyCondition.decision': [
    ['GrantDelegation', { ...delegation, conditions: [standing] }],
    ['SatisfyCondition', { condition: 'segment' }],
  ],
  'AdoptInstrument.adoptedByDecision': [['AdoptInstrument', instrument]],
  'AdoptInstrument.parties': [['AdoptInstrument', instrument]],
  'ChangeInstrument.parties': [
    ['AdoptInstrument', instrument],
    ['ChangeInstrument', {}],
  ],
  'IssueVersion.adoptedByDecision': [
    ['AdoptInstrument', instrument],
    ['IssueVersion', { version: '2' }],
  ],
  'FindVersionInvalid.decision': [
    ['AdoptInstrument', { ...instrument, version: '1' }],
    ['FindVersionInvalid', { version: '1', reason: 'inquorate' }],
  ],
  'RatifyVersion.decision': [
    ['AdoptInstrument', { ...instrument, version: '1' }],
    ['RatifyVersion', { version: '1' }],
  ],
  'ChangeInstrument.adoptedByDecision': [
    ['AdoptInstrument', instrument],
    ['ChangeInstrument', {}],
  ],
  'MakeAppointment.madeByDecision': [['MakeAppointment', appointment]],
  'ChangeAppointment.madeByDecision': [
    ['MakeAppointment', appointment],
    ['ChangeAppointment', {}],
  ],
  'RaiseMatter.aboutDecision': [['RaiseMatter', matter]],
  'ChangeMatter.aboutDecision': [
    ['RaiseMatter', matter],
    ['ChangeMatter', {}],
  ],
};

/** How a decision is named in a field that has parts. */
const IN_PARTS: Readonly<Record<string, (id: string) => object>> = {
  parties: (approvedByDecision) => [{ name: 'the council' }, { name: 'the board', approvedByDecision }],
  approvals: (decision) => [{ name: 'Cabinet' }, { decision }],
};
const namedBy = (field: string, id: string): object => ({ [field]: IN_PARTS[field]?.(id) ?? id });

/** The fields of the schema that show them. */
const SHOWN_IN = [
  'Appointment.madeByDecision',
  'Decision.rescindedBy',
  'Decision.supersededBy',
  'Decision.supersedes',
  'Delegation.madeByDecision',
  'DelegationApproval.decision',
  'DelegationCondition.decision',
  'Instrument.adoptedByDecision',
  'Instrument.versionAdoptedByDecision',
  'InstrumentParty.approvedByDecision',
  'InstrumentVersion.adoptedByDecision',
  'InstrumentVersion.foundInvalidByDecision',
  'InstrumentVersion.ratifiedByDecision',
  'ScrutinyMatter.aboutDecision',
  'Succession.madeByDecision',
];

const NAMING = /^naming /;
const hiddenId = (kind: string): string => `HIDDEN-${kind}`;
const subjects = Object.keys(NAMED_IN).flatMap((field) =>
  KINDS.map((kind) => {
    const [command] = NAMED_IN[field]?.[0] ?? ['TakeDecision'];
    return { field, kind, aggregate: COMMANDS[command].aggregate, id: `${field.replace('.', '-')}-${kind}` };
  }),
);

let api: RunningApi;
let schema: GraphQLSchema;
let ask: (role: string, query: string) => Promise<string>;
let page: (id: string) => Promise<string>;
let hidden: RegExp;
let close: () => Promise<void>;

const recorded = async (): Promise<Place> => {
  const place = await Place.find();
  const store = await place.openLog();
  let at = Date.UTC(2025, 3, 1, 9);
  await openLog(store, { recordedInstants: 'kept', source: 'test' }, officer, '2025-04-01T08:00:00.000Z' as Instant);
  const door = SubmitHandler.keepingInstants(store, 'test');
  const told: string[] = [];
  const send = async (by: Actor, aggregate: string, id: string, commandId: string, one: Step): Promise<string> => {
    at += 61_007;
    const recordedAt = new Date(at).toISOString() as Instant;
    const source = { document: 'CANARY document', url: 'https://canary.example.org/paper' };
    const beside = by === keeper || NAMING.test(commandId) ? { source, onBehalfOf: 'CANARY behalf' } : {};
    await door.execute(new Submit({ aggregate, id, commandId, steps: [one], recordedAt, ...beside }, by));
    const event = eventId(commandName(by, commandId), 0);
    if (by === keeper) told.push(recordedAt, event);
    return event;
  };
  await send(officer, 'organisation', 'icb', 'icb', step('RegisterOrganisation', { name: 'ICB', kind: 'ICB' }));
  await send(officer, 'organisation', 'other', 'other', step('RegisterOrganisation', { name: 'Other', kind: 'ICB' }));
  await send(officer, 'body', 'board', 'b', step('EstablishBody', { name: 'B', kind: 'ICB_BOARD', owners: ['icb'] }));
  await send(officer, 'person', 'ann', 'ann', step('RegisterPerson', { name: 'Ann Archer' }));
  await send(officer, 'decision', 'replaced', 'replaced', step('TakeDecision', decision));
  const first = new Map<string, string>();
  for (const kind of KINDS) {
    const { day, first: disclosure } = HIDDEN[kind] as Hidden;
    const data = {
      ...decision,
      title: `CANARY ${kind}`,
      reference: `CANARY-${kind}`,
      disclosure: { disclosure },
      supersedes: 'replaced',
    };
    first.set(
      kind,
      await send(keeper, 'decision', hiddenId(kind), kind, step('TakeDecision', data, { effectiveOn: day })),
    );
  }
  for (const { field, kind, aggregate, id } of subjects) {
    const steps = NAMED_IN[field] ?? [];
    for (const [nth, [command, data]] of steps.entries()) {
      const isLast = nth === steps.length - 1;
      const naming = isLast ? { ...data, ...namedBy(field.split('.')[1] ?? '', hiddenId(kind)) } : data;
      const said = await send(officer, aggregate, id, `${isLast ? 'naming' : 'first'} ${id}`, step(command, naming));
      if (!isLast) continue;
      const why = { kind: 'error', reason: 'CANARY why', evidence: 'CANARY evidence' };
      await send(
        officer,
        aggregate,
        id,
        `naming ${id} again`,
        step(command, naming, { corrects: said, why, unsaid: 'DROP' }),
      );
    }
  }
  for (const kind of KINDS) {
    const then = HIDDEN[kind]?.atTheEnd;
    const annul: Step = { annuls: first.get(kind) ?? '', why: { kind: 'error', reason: 'CANARY why' } };
    if (then) await send(keeper, 'decision', hiddenId(kind), `${kind} then`, then === 'annulled' ? annul : then);
  }
  await store.close();
  hidden = new RegExp(`CANARY|HIDDEN|${told.join('|')}|canary`);
  return place;
};

beforeAll(async () => {
  const issuer = await openIssuer();
  const place = await recorded();
  const budgets = { BUDGET_READER: '100000', BUDGET_GOVERNANCE_OFFICER: '100000' };
  const limits = { ...budgets, LIMIT_PER_SUBJECT: 'off', LIMIT_PER_ADDRESS: 'off' };
  api = await runApi({ ...place.environment, ...issuer.environment, ...limits });
  await api.runtime.register.waitFor(await api.runtime.store.head(), 30_000);
  const bearer = async (role: string) => `Bearer ${await issuer.tokenOf(`somebody who is ${role}`, [role])}`;
  page = async (id) => {
    const headers = { authorization: await bearer('reader') };
    return (await fetch(`${api.url}/decisions/${id}`, { headers })).text();
  };
  ask = async (role, query) => {
    const authorization = await bearer(role);
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return answer.text();
  };
  const { data } = JSON.parse(await ask('reader', getIntrospectionQuery())) as { data: object };
  schema = buildClientSchema(data as IntrospectionQuery);
  close = async () => {
    await api.close();
    await Promise.all([issuer.close(), place.remove()]);
  };
}, 90_000);
afterAll(() => close());

describe('the table of what names a decision', () => {
  it('has every field of every command', () => {
    const naming = (Object.keys(COMMANDS) as CommandName[]).flatMap((command) => {
      const { aggregate } = COMMANDS[command];
      return [...fieldsOf(command)].flatMap((field) => {
        const named = ['x', ['x'], [{ decision: 'x' }], [{ name: 'x', approvedByDecision: 'x' }]].flatMap((value) => {
          try {
            return deciderOf(aggregate).references({ type: command, data: { [field]: value } });
          } catch {
            return [];
          }
        });
        return named.some((one) => one.aggregate === 'decision') ? [`${command}.${field}`] : [];
      });
    });
    expect(naming.toSorted()).toEqual(Object.keys(NAMED_IN).toSorted());
  });

  it('has every field of the schema, lists of decisions aside', () => {
    const fields = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!isObjectType(type) || /^(Query|Decision(Answer|Authority|Edge)|ReliedDecision)$/.test(type.name)) return [];
      const showing = Object.values(type.getFields()).filter((field) => getNamedType(field.type).name === 'Decision');
      return showing.map(({ name }) => `${type.name}.${name}`);
    });
    expect(fields.toSorted()).toEqual(SHOWN_IN);
  });
});

const ROOTS: Readonly<Record<string, string>> = { scrutiny: 'scrutinyMatter' };

describe.each(Object.keys(NAMED_IN))('a decision that is named in %s and may not be known of', (field) => {
  it.each(subjects.filter((one) => one.field === field))(
    'leaves a word and nothing else: $kind',
    async ({ aggregate, id }) => {
      const root = ROOTS[aggregate] ?? aggregate;
      for (const [query, named] of [
        [root, 'id'],
        ['history', 'of'],
        ['timeline', 'of'],
      ] as const) {
        const given = { [named]: named === 'of' ? `"${aggregate}/${id}"` : `"${id}"` };
        const asked = everythingOf(schema, query, given, query === root ? 2 : 3) ?? '';
        const told = await ask('reader', asked);
        expect(told).not.toContain('"errors"');
        expect(told).not.toMatch(hidden);
        if (query === 'history') expect(await ask('governance-officer', asked)).toMatch(/CANARY document/);
      }
    },
  );
});

describe('a decision that is replaced by those of which nobody is to know', () => {
  it('stands as if they had never been recorded', async () => {
    const asked = everythingOf(schema, 'decision', { id: '"replaced"' }, 2) ?? '';
    const told = await ask('reader', asked);
    expect(told).not.toMatch(hidden);
    expect(told).toContain('"status":"TAKEN"');
    expect(told).toContain('"supersededBy":null');
    expect(await ask('governance-officer', asked)).toContain('"status":"SUPERSEDED"');
  });
});

describe('what is withheld and named elsewhere', () => {
  it('is in no change that is told', async () => {
    for (let after = ''; ;) {
      const given = { from: '0', first: '100', ...(after && { after: `"${after}"` }) };
      const told = await ask('reader', everythingOf(schema, 'changesBetween', given, 3) ?? '');
      expect(told).not.toContain('"errors"');
      expect(told).not.toMatch(hidden);
      const { pageInfo } = (
        JSON.parse(told) as { data: { changesBetween: { pageInfo: { hasNextPage: boolean; endCursor: string } } } }
      ).data.changesBetween;
      if (!pageInfo.hasNextPage) return;
      after = pageInfo.endCursor;
    }
  });

  it('is in no decision log and on no page', async () => {
    for (const since of [undefined, 8]) {
      const period = { from: '2025-01-01', to: '2025-12-31', asAt: '2025-12-31' as CivilDate };
      const log = await logOf(api, { for: 'board', ...period, ...(since && { since }) });
      const texts = Object.values(await textsOf(log)).join('\n');
      expect(texts).toContain('withheld');
      expect(hidden.exec(texts)?.[0]).toBeUndefined();
    }
    for (const { id } of subjects.filter(({ aggregate }) => aggregate === 'decision')) {
      const text = await page(id);
      expect(text).toContain('Plain');
      expect(text).not.toMatch(hidden);
    }
  });
});
