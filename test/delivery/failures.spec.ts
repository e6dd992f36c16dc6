import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { delivererFrom, type Deliverer, type DeliveryRoute } from '../../libs/decision-log/src/delivery/delivery.js';
import { PARCEL, hurried, sha256 } from './parcel.js';
import { Post, type Fate } from './mail-server.js';
import { Receiver, type Reply } from './web-server.js';

const TRIES = 5;
/** Long enough for any answer that comes, short enough to wait for one that does not. */
const ANSWER_MS = 1_500;

/** What has to come of a sequence: said without looking at how it is done. */
const expectedOf = <Each>(sequence: readonly Each[], taken: readonly Each[], no: readonly Each[]): string => {
  const decisive = sequence.slice(0, TRIES).find((each) => taken.includes(each) || no.includes(each));
  if (decisive !== undefined) return taken.includes(decisive) ? 'accepted' : 'DELIVERY_REFUSED';
  return sequence.length < TRIES ? 'accepted' : 'DELIVERY_FAILED';
};

const outcome = (deliverer: Deliverer, route: DeliveryRoute): Promise<string> =>
  deliverer.deliver(PARCEL, route).then(
    () => 'accepted',
    (thrown: { code?: string }) => String(thrown.code ?? thrown),
  );

/** Sequences of failures, the same at every run, that make every end there is. */
const sequences = <Each>(values: readonly Each[], seed: number, count: number): readonly (readonly Each[])[] =>
  fc.sample(fc.array(fc.constantFrom(...values), { maxLength: 6 }), { seed, numRuns: count });

describe('a delivery through whatever goes wrong', () => {
  const replies: readonly Reply[] = [
    500,
    429,
    503,
    'cut',
    'lose',
    'garbage',
    408,
    'cut',
    'lose',
    404,
    301,
    'hang',
    201,
  ];

  it('by webhook ends in an acceptance or in the right refusal, and is known by one id', async () => {
    const ends = new Set<string>();
    const one = async (sequence: readonly Reply[]): Promise<void> => {
      const receiver = await Receiver.start();
      receiver.replies.push(...sequence);
      const configuration = {
        mailServer: undefined,
        mailSender: undefined,
        webhookKeys: [Buffer.alloc(32, 1)],
        webhookAllow: ['127.0.0.1'],
      };
      const end = await outcome(delivererFrom(configuration, undefined, hurried(ANSWER_MS)), {
        by: 'WEBHOOK',
        to: receiver.url(),
      });
      expect([sequence, end]).toEqual([
        sequence,
        expectedOf<Reply>(sequence, [201], [404, 301]).replace('REFUSED', 'FAILED'),
      ]);
      ends.add(end);
      if (end === 'accepted') expect(receiver.kept).not.toHaveLength(0);
      const known = receiver.received.map(({ headers, body }) => `${String(headers['webhook-id'])} ${sha256(body)}`);
      expect(new Set(known).size).toBe(1);
      await receiver.stop();
    };
    await Promise.all(sequences(replies, 20250331, 40).map(one));
    expect(ends).toEqual(new Set(['accepted', 'DELIVERY_FAILED']));
  });

  it('by e-mail ends in an acceptance or in the right refusal, and is known by one id', async () => {
    const fates: readonly Fate[] = ['later', 'cut', 'lose', 'full', 'later', 'cut', 'refuse', 'accept', 'silent'];
    const ends = new Set<string>();
    const one = async (sequence: readonly Fate[]): Promise<void> => {
      const post = await Post.start();
      post.fates.push(...sequence);
      const configuration = {
        mailServer: post.address(),
        mailSender: { name: undefined, address: 'register@example.org' },
        webhookKeys: [],
        webhookAllow: [],
      };
      const end = await outcome(delivererFrom(configuration, undefined, hurried(ANSWER_MS)), {
        by: 'EMAIL',
        to: 'clerk@x.org',
      });
      expect([sequence, end]).toEqual([sequence, expectedOf<Fate>(sequence, ['accept'], ['refuse'])]);
      ends.add(end);
      if (end === 'accepted') expect(post.kept).not.toHaveLength(0);
      const known = await Promise.all(post.kept.map(async (bytes) => (await PostalMime.parse(bytes)).messageId));
      expect(new Set([...known, ...post.kept.map(sha256)]).size).toBe(known.length === 0 ? 0 : 2);
      await post.stop();
    };
    await Promise.all(sequences(fates, 20250401, 30).map(one));
    expect(ends).toEqual(new Set(['accepted', 'DELIVERY_REFUSED', 'DELIVERY_FAILED']));
  });
});
