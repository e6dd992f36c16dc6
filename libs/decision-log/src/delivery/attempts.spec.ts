import { describe, expect, it } from '@jest/globals';
import { ON_THIS_MACHINE, delivered, type Outcome } from './attempts.js';

const ROUTE = { by: 'EMAIL', to: 'clerk@council.gov.uk' } as const;
const LATER: Outcome = { kind: 'later', because: 'the server is busy' };
const ACCEPTED: Outcome = { kind: 'accepted', receipt: '250 ok' };

/** Tries that end as listed, on a clock that waiting moves and every try by `tryMs`. */
const trying = async (outcomes: readonly Outcome[], random = 0.5, tryMs = 0) => {
  let now = Date.parse('2026-04-14T09:30:00.000Z');
  let tries = 0;
  const waited: number[] = [];
  const wait = async (ms: number): Promise<void> => {
    waited.push(ms);
    now += ms;
  };
  const attempt = async (): Promise<Outcome> => {
    now += tryMs;
    return outcomes[tries++] ?? LATER;
  };
  const circumstances = { now: () => now, random: () => random, wait, answerMs: 10_000 };
  const end = await delivered(ROUTE, attempt, circumstances, new AbortController().signal).catch(
    (thrown: { code: string }) => thrown.code,
  );
  return { end, tries, waited };
};

describe('trying again', () => {
  it('says when and with which words it was accepted', async () => {
    const { end, waited } = await trying([LATER, ACCEPTED]);
    expect(end).toEqual({ ...ROUTE, at: '2026-04-14T09:30:02.000Z', receipt: '250 ok' });
    expect(waited).toEqual([2_000]);
  });

  it('waits longer every time, a quarter less or more by chance', async () => {
    expect((await trying([], 0)).waited).toEqual([1_500, 4_500, 11_250, 22_500]);
    expect((await trying([], 0.5)).waited).toEqual([2_000, 6_000, 15_000, 30_000]);
    expect((await trying([], 0.999_999)).waited).toEqual([2_500, 7_500, 18_750, 37_500]);
  });

  it('takes the fifth acceptance and tries no sixth time', async () => {
    expect(await trying([LATER, LATER, LATER, LATER, ACCEPTED])).toMatchObject({
      end: { receipt: '250 ok' },
      tries: 5,
    });
    expect(await trying([LATER, LATER, LATER, LATER, LATER, ACCEPTED])).toMatchObject({
      end: 'DELIVERY_FAILED',
      tries: 5,
    });
  });

  it('never waits less than it is asked to, nor longer than a minute', async () => {
    const after = (afterMs: number): Outcome => ({ ...LATER, afterMs });
    expect((await trying([after(500), ACCEPTED])).waited).toEqual([2_000]);
    expect((await trying([after(60_000), ACCEPTED])).waited).toEqual([60_000]);
    expect(await trying([after(60_001), ACCEPTED])).toMatchObject({ end: 'DELIVERY_FAILED', tries: 1, waited: [] });
  });

  it('begins no try later than two minutes after the first, however long each takes', async () => {
    expect(await trying([], 0.5, 10_000)).toMatchObject({ tries: 5 });
    expect(await trying([], 0.5, 60_000)).toMatchObject({ end: 'DELIVERY_FAILED', tries: 2 });
  });

  it('does not try again after a no', async () => {
    const no: Outcome = { kind: 'refused', because: 'no such mailbox' };
    expect(await trying([LATER, no, ACCEPTED])).toMatchObject({ end: 'DELIVERY_REFUSED', tries: 2 });
  });
});

describe('waiting', () => {
  it('ends when the time is over, or at once when told to stop', async () => {
    const stop = new AbortController();
    await ON_THIS_MACHINE.wait(1, stop.signal);
    const waiting = ON_THIS_MACHINE.wait(600_000, stop.signal);
    stop.abort();
    await waiting;
    await ON_THIS_MACHINE.wait(600_000, stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });
});
