import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runWithheldRegister, type WithheldRegister } from './withheld-register.js';

let register: WithheldRegister;
beforeAll(async () => {
  register = await runWithheldRegister();
}, 60_000);
afterAll(() => register.close());

const OFFICER = ['governance-officer'];
const SCRUTINY = ['scrutiny-officer'];

interface Recorded {
  readonly subject: string;
  readonly position: number;
  readonly alreadyRecorded: boolean;
  readonly events?: readonly { readonly id: string }[];
  readonly notes?: readonly string[];
}

/** What becomes of a mutation: the receipt, or the refusal. */
const sent = async (roles: readonly string[], mutation: string) => {
  const { data, errors } = await register.ask(roles, `mutation { answer: ${mutation} }`);
  return { receipt: (data as { answer: Recorded } | null)?.answer, refusal: errors?.[0] };
};
const RECEIPT = '{ subject position alreadyRecorded }';
const take = (roles: readonly string[], commandId: string) =>
  sent(
    roles,
    `takeDecision(recording: { commandId: "${commandId}", effectiveOn: "2024-09-01" }, data: { title: "Taken",
      decidedBy: ["board"], disclosure: { disclosure: CONFIDENTIAL, ground: OTHER } }) ${RECEIPT}`,
  );
const raise = (roles: readonly string[], commandId: string) =>
  sent(
    roles,
    `raiseMatter(recording: { commandId: "${commandId}", effectiveOn: "2024-09-01" }, data: { committee: "board",
      kind: RECOMMENDATION, text: "Why?" }) ${RECEIPT}`,
  );

describe('a command id that somebody else has used for what one may not see', () => {
  it('is as good as any other, and names a subject of one’s own', async () => {
    const theirs = await take(OFFICER, 'used');
    const own = await raise(SCRUTINY, 'used');
    const fresh = await raise(SCRUTINY, 'fresh');
    expect(own.refusal).toBeUndefined();
    expect(own.receipt).toMatchObject({ alreadyRecorded: false, position: (theirs.receipt?.position ?? 0) + 1 });
    expect(fresh.receipt?.position).toBe((own.receipt?.position ?? 0) + 1);
    expect(own.receipt?.subject.split('/')[1]).not.toBe(theirs.receipt?.subject.split('/')[1]);
    for (const [roles, send, first] of [
      [OFFICER, take, theirs],
      [SCRUTINY, raise, own],
    ] as const) {
      expect((await send(roles, 'used')).receipt).toEqual({ ...first.receipt, alreadyRecorded: true });
      const another = send === take ? raise : take;
      if (roles === OFFICER) expect((await another(roles, 'used')).refusal?.message).toContain('"used"');
    }
  });

  it('does not make one command of two that stand next to each other', async () => {
    await take(OFFICER, 'neighbours');
    const { receipt } = await raise(SCRUTINY, 'neighbours');
    const before = (receipt?.position ?? 0) - 1;
    await register.api.runtime.register.waitFor(before + 1, 5_000);
    const known = await register.ask(OFFICER, `{ register(asKnownAt: ${before}) { basis { position } } }`);
    expect(known.data).toEqual({ register: { basis: { position: before } } });
  });
});

describe('when something was recorded of which one may not know', () => {
  const basisOf = async (asKnownAt: string) => {
    const { data, errors } = await register.ask(
      SCRUTINY,
      `{ register(asKnownAt: ${asKnownAt}) { position basis { position recordedAt } } }`,
    );
    return { ...(data as { register: object } | null)?.register, refusal: errors?.[0]?.message };
  };

  it('is told by no position and no instant that one asks about, while it is the last and afterwards', async () => {
    const { runtime } = register.api;
    const instantOf = async (position = -1) => (await runtime.store.readAll(position, 1))[0]?.recordedAt ?? '';
    const before = (await raise(SCRUTINY, 'before')).receipt?.position ?? 0;
    const theirs = (await take(OFFICER, 'unheard')).receipt?.position ?? 0;
    await runtime.register.waitFor(theirs, 5_000);
    const [first, hidden] = [await instantOf(before), await instantOf(theirs)];
    const known = { position: before, recordedAt: first };
    const now = { position: before, basis: known };
    expect(await basisOf(`"${hidden}"`)).toEqual(now);
    expect(await basisOf(`"2999-01-01"`)).toEqual(now);
    const refused = (await basisOf(String(theirs))).refusal ?? '';
    expect(refused).toBe(((await basisOf('99999')).refusal ?? '').replace('99999', String(theirs)));
    expect(refused).toMatch(new RegExp(`come to position ${before}$`));

    const after = (await raise(SCRUTINY, 'after')).receipt?.position ?? 0;
    await runtime.register.waitFor(after, 5_000);
    for (const asKnownAt of [String(theirs), `"p${theirs}"`, `"${hidden}"`]) {
      expect(await basisOf(asKnownAt)).toEqual({ position: after, basis: known });
    }
    const officers = await register.ask(OFFICER, `{ register(asKnownAt: ${theirs}) { basis { recordedAt } } }`);
    expect(officers.data).toEqual({ register: { basis: { recordedAt: hidden } } });
  });
});

describe('a decision that is corrected to public', () => {
  it('is answered with what of it stays withheld, and how it is opened', async () => {
    const taken = await sent(
      OFFICER,
      `takeDecision(id: "opened", recording: { effectiveOn: "2024-09-01" }, data: { title: "Closed", decidedBy: ["board"],
        disclosure: { disclosure: CONFIDENTIAL, ground: OTHER } }) { events { id } notes }`,
    );
    expect(taken.receipt?.notes).toEqual([]);
    const opened = await sent(
      OFFICER,
      `takeDecision(id: "opened", recording: { effectiveOn: "2024-09-01", corrects: "${taken.receipt?.events?.[0]?.id}", unsaid: DROP,
        why: { kind: ERROR, reason: "It may be known." } }, data: { title: "Open", decidedBy: ["board"],
        disclosure: { disclosure: PUBLIC } }) { notes }`,
    );
    expect(opened.receipt).toEqual({
      notes: [expect.stringMatching(/stays withheld: 1 recording corrected or annulled/)],
    });
  });
});

describe('whoever records by the name of what they may not know of', () => {
  const why = 'why: { kind: ERROR, reason: "a slip" }';
  const recording = 'recording: { effectiveOn: "2024-09-01" }';
  it.each([
    `annul(subject: "decision/NAME", events: ["e"], ${why}) { position }`,
    `annul(subject: "NAME", events: ["e"], ${why}) { position }`,
    `changeDecision(id: "NAME", ${recording}, data: { note: "n" }) { position }`,
    `supersedeDecision(id: "NAME", ${recording}, data: { by: "open" }) { position }`,
    `supersedeDecision(id: "open", ${recording}, data: { by: "NAME" }) { position }`,
    `takeDecision(id: "NAME", ${recording}, data: { title: "T", decidedBy: ["board"] }) { position }`,
    `raiseMatter(id: "r-NAME", ${recording}, data: { committee: "board", kind: RECOMMENDATION, text: "?", aboutDecision: "NAME" }) { position }`,
    `changeMatter(id: "asked", ${recording}, data: { aboutDecision: "NAME" }) { position }`,
    `issueDecisionLog(for: "NAME", from: "2024-01-01", to: "2024-12-31") { id }`,
    `issueDecisionLog(for: "board", from: "2024-01-01", to: "2024-12-31", replaces: "NAME") { id }`,
    `withdrawDecisionLog(id: "NAME", ${recording}, data: { reason: "r" }) { position }`,
  ])('is refused as for what is not there: %s', async (mutation) => {
    for (const roles of [SCRUTINY, ['operator'], ['reader']]) {
      const refused = async (name: string): Promise<string> => {
        const { errors } = await register.ask(roles, `mutation { ${mutation.replaceAll('NAME', name)} }`);
        expect(errors).toHaveLength(1);
        return JSON.stringify(errors?.map(({ message, extensions }) => [message, extensions])).replaceAll(name, 'X');
      };
      const never = await refused('nothing-of-the-kind');
      for (const name of ['secret', 'became', 'CANARY-secret-reference']) expect(await refused(name)).toBe(never);
    }
  });
});
