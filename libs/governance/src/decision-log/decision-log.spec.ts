import { describe, expect, it } from '@jest/globals';
import { instantOf, parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { decisionLog } from './decision-log.js';
import type { DecisionLogDetails, DecisionLogEvent } from './decision-log.events.js';

const { given } = scenario(decisionLog);
const day = (text: string) => parseCivilDate(text, 'day');
const details: DecisionLogDetails = {
  logId: '0123456789abcdef',
  committee: 'hosc',
  about: ['icb'],
  firstDay: day('2025-01-01'),
  lastDay: day('2025-12-31'),
  asAt: day('2025-12-31'),
  knownAt: 2381,
  since: 1200,
  reader: 'PUBLIC',
  recipient: 'The clerk',
  publicAddress: 'https://register.example.org',
  release: '0.1.0',
  files: [{ name: 'decision-log.html', bytes: 10, sha256: 'a'.repeat(64) }],
  replaces: 'earlier',
  standingOrder: 'monthly',
  deliverTo: [{ by: 'EMAIL', to: 'clerk@council.example' }],
  delivered: [{ by: 'EMAIL', to: 'clerk@council.example', at: instantOf(0), receipt: '250 OK' }],
  note: 'n',
};
const issued: DecisionLogEvent = { type: 'DecisionLogIssued', data: details };
const withdrawn: DecisionLogEvent = { type: 'DecisionLogWithdrawn', data: { reason: 'Wrong period.' } };

describe('issuing a decision log', () => {
  it('keeps every field by name', () => {
    given().when({ type: 'IssueDecisionLog', data: details }).gives(issued);
    const { committee: _, ...forCouncil } = { ...details, council: 'gcc' };
    given().when({ type: 'IssueDecisionLog', data: forCouncil }).gives({ type: 'DecisionLogIssued', data: forCouncil });
  });
  it('names the subjects it points to', () => {
    expect(decisionLog.references({ type: 'IssueDecisionLog', data: { ...details, council: 'gcc' } })).toEqual([
      { aggregate: 'body', id: 'hosc', field: 'committee' },
      { aggregate: 'organisation', id: 'gcc', field: 'council' },
      { aggregate: 'organisation', id: 'icb', field: 'about[0]' },
      { aggregate: 'decisionLog', id: 'earlier', field: 'replaces' },
      { aggregate: 'standingOrder', id: 'monthly', field: 'standingOrder' },
    ]);
  });
  it('covers one day, and is refused for a period that ends before it starts', () => {
    const oneDay = { ...details, lastDay: details.firstDay };
    given().when({ type: 'IssueDecisionLog', data: oneDay }).gives({ type: 'DecisionLogIssued', data: oneDay });
    given()
      .when({ type: 'IssueDecisionLog', data: { ...details, lastDay: day('2024-12-31') } })
      .refuses('LOG_PERIOD_BACKWARDS');
  });
  it('is refused twice under one id', () => {
    given(issued).when({ type: 'IssueDecisionLog', data: details }).refuses('ALREADY_BEGUN');
  });
});

describe('recording a delivery that had been outstanding', () => {
  const delivered = [{ by: 'WEBHOOK', to: 'https://council.example', at: instantOf(0), receipt: 'HTTP 200' }] as const;
  it('keeps where it went, when, and what was answered', () => {
    given(issued)
      .when({ type: 'RecordLogDelivery', data: { delivered } })
      .gives({ type: 'DecisionLogDelivered', data: { delivered } });
  });
  it('is refused before the log was issued', () => {
    given().when({ type: 'RecordLogDelivery', data: { delivered } }).refuses('NOT_BEGUN');
  });
});

describe('withdrawing a decision log', () => {
  it('keeps the reason', () => {
    given(issued)
      .when({ type: 'WithdrawDecisionLog', data: { reason: 'Wrong period.' } })
      .gives(withdrawn);
    expect(decisionLog.references({ type: 'WithdrawDecisionLog', data: { reason: 'x' } })).toEqual([]);
  });
  it('is refused before it was issued, and twice', () => {
    given()
      .when({ type: 'WithdrawDecisionLog', data: { reason: 'x' } })
      .refuses('ENDS_BEFORE_START');
    given(issued, withdrawn)
      .when({ type: 'WithdrawDecisionLog', data: { reason: 'x' } })
      .refuses('ALREADY_ENDED');
  });
});
