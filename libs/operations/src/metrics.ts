import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { epochMsOf } from '#kernel';
import type { Seen } from './watch.js';

/** Seconds, from a grouped commit on a fast disk to what a person gives up on. */
const APPEND_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const FOLLOW_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15];
const QUERY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a follower's state is counted as; each has a series of its own, so that an alarm can name it. */
export const HEALTH_STATES = ['live', 'catching up', 'rebuilding', 'failed', 'stopped', 'silent'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** How one follower stands, for the gauges. */
export interface Gauged {
  readonly name: string;
  readonly state: HealthState;
  readonly position: number;
  readonly lag: { readonly events: number; readonly seconds: number } | null;
}

/**
 * What a program measures of itself, in Prometheus's words. Labels have values from lists in the code (outcomes, codes,
 * followers, questions), never from what somebody sent; nothing recorded is in them.
 */
export class Metrics {
  readonly registry = new Registry();

  private readonly appends = new Histogram({
    name: 'register_append_seconds',
    help: 'Time from handing an append to the log until its outcome is known.',
    labelNames: ['outcome'],
    buckets: APPEND_BUCKETS,
    registers: [this.registry],
  });
  private readonly appended = new Counter({
    name: 'register_appended_events_total',
    help: 'Events that the log has taken from this program.',
    registers: [this.registry],
  });
  private readonly underWay = new Gauge({
    name: 'register_appends_under_way',
    help: 'Appends handed to the log and not answered yet: the queue, from this side.',
    registers: [this.registry],
  });
  private readonly batches = new Histogram({
    name: 'register_follow_batch_seconds',
    help: 'Time a follower took for one batch of events, checkpoint included.',
    labelNames: ['follower', 'outcome'],
    buckets: FOLLOW_BUCKETS,
    registers: [this.registry],
  });
  private readonly followed = new Counter({
    name: 'register_followed_events_total',
    help: 'Events that a follower of this program has taken in.',
    labelNames: ['follower'],
    registers: [this.registry],
  });
  private readonly queries = new Histogram({
    name: 'register_query_seconds',
    help: 'Time to answer a GraphQL request, by ready-made question or first root field.',
    labelNames: ['operation'],
    buckets: QUERY_BUCKETS,
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'register_refusals_total',
    help: 'Requests that were refused, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  private readonly positions = this.gauge('register_follower_position', 'Last position that a follower has kept.');
  private readonly lagEvents = this.gauge('register_follower_lag_events', 'Events a follower has still to take in.');
  private readonly lagSeconds = this.gauge(
    'register_follower_lag_seconds',
    'Age of the oldest event that a follower has not taken in; 0 where it has them all.',
  );
  private readonly states = new Gauge({
    name: 'register_follower_state',
    help: '1 for the state a follower is in, 0 for the others.',
    labelNames: ['follower', 'state'],
    registers: [this.registry],
  });
  private readonly readable = {
    store: this.plain('register_store_readable', '1 where the log answers.'),
    views: this.plain('register_views_readable', '1 where the read models answer.'),
  };
  private readonly heard = {
    store: this.plain('register_store_heard_seconds', 'Seconds since the log answered last.'),
    views: this.plain('register_views_heard_seconds', 'Seconds since the read models answered last.'),
  };
  private readonly head = this.plain(
    'register_store_position',
    'Position of the last event of the log; -1 for an empty one.',
  );
  private readonly ending = this.plain(
    'register_log_replaced',
    '1 where the log was replaced or the views are of another: the program writes nothing more and ends.',
  );
  private readonly leads = this.gauge('register_follower_leads', '1 where this program runs the follower.');

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  appendBegins(): void {
    this.underWay.inc();
  }

  /** @param outcome kind of the store's outcome, or `fault`. */
  appendEnds(outcome: string, seconds: number, events: number): void {
    this.underWay.dec();
    this.appends.observe({ outcome }, seconds);
    if (outcome === 'appended') this.appended.inc(events);
  }

  batch(follower: string, outcome: 'kept' | 'fault', seconds: number, events: number): void {
    this.batches.observe({ follower, outcome }, seconds);
    if (outcome === 'kept') this.followed.inc({ follower }, events);
  }

  /** @param operation from a list that the program knows before anybody asks. */
  query(operation: string, seconds: number): void {
    this.queries.observe({ operation }, seconds);
  }

  /** @param code of a `Refusal`, or GraphQL's own. */
  refusal(code: string): void {
    this.refusals.inc({ code });
  }

  seen(what: 'store' | 'views', { readable, position, heardAt }: Seen): void {
    this.readable[what].set(readable ? 1 : 0);
    if (heardAt !== null) this.heard[what].set(Math.max(0, (Date.now() - epochMsOf(heardAt)) / 1000));
    if (what === 'store' && position !== null) this.head.set(position);
  }

  ends(): void {
    this.ending.set(1);
  }

  follower({ name, state, position, lag }: Gauged, leads: boolean): void {
    const follower = name;
    this.positions.set({ follower }, position);
    this.leads.set({ follower }, leads ? 1 : 0);
    for (const each of HEALTH_STATES) this.states.set({ follower, state: each }, each === state ? 1 : 0);
    if (!lag) {
      // Not known is not what it was last.
      this.lagEvents.remove({ follower });
      this.lagSeconds.remove({ follower });
      return;
    }
    this.lagEvents.set({ follower }, lag.events);
    this.lagSeconds.set({ follower }, lag.seconds);
  }

  private plain(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  private gauge(name: string, help: string): Gauge<'follower'> {
    return new Gauge({ name, help, labelNames: ['follower'], registers: [this.registry] });
  }
}

/** Seconds since `from`, which `performance.now()` gave. */
export const secondsSince = (from: number): number => (performance.now() - from) / 1000;
