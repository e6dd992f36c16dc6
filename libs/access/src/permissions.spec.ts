import { describe, expect, it } from '@jest/globals';
import { AGGREGATES } from '#governance';
import { COMMAND_LINE, type Actor } from '#kernel';
import { mayRead, mayRecord } from './permissions.js';
import { ROLES, type Role } from './roles.js';

const holding = (...roles: Role[]): Actor => ({ id: 'ann', roles, vouchedBy: 'https://login.example.org' });

describe('recording', () => {
  it.each(AGGREGATES)(
    '%s is open to a governance officer and closed to auditor, reader, operator and strangers',
    (aggregate) => {
      expect(() => mayRecord(holding('governance-officer'), aggregate)).not.toThrow();
      for (const actor of [holding('auditor'), holding('reader'), holding('operator'), holding()]) {
        expect(() => mayRecord(actor, aggregate)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
      }
    },
  );

  it('is open to a scrutiny officer for scrutiny and the logs issued to it, and for nothing else', () => {
    const allowed = AGGREGATES.filter((aggregate) => passes(() => mayRecord(holding('scrutiny-officer'), aggregate)));
    expect(allowed).toEqual(['scrutiny', 'decisionLog']);
  });

  it('is open to an operator at the command line only', () => {
    expect(() => mayRecord({ ...holding('operator'), vouchedBy: COMMAND_LINE }, 'decision')).not.toThrow();
    expect(() => mayRecord({ ...holding('reader'), vouchedBy: COMMAND_LINE }, 'decision')).toThrow(
      /governance-officer/,
    );
  });

  it('names the role held and the roles needed', () => {
    expect(() => mayRecord(holding('auditor'), 'scrutiny')).toThrow(
      'you are auditor; recording a fact about a scrutiny item needs the role governance-officer or scrutiny-officer',
    );
    expect(() => mayRecord(holding(), 'body')).toThrow(/you hold no role here/);
  });
});

describe('reading', () => {
  it.each(ROLES)('is open to the role %s in every aggregate', (role) => {
    for (const aggregate of AGGREGATES) expect(() => mayRead(holding(role), aggregate)).not.toThrow();
  });

  it('is closed to whoever holds no role of the register', () => {
    for (const aggregate of AGGREGATES) expect(() => mayRead(holding(), aggregate)).toThrow(/reader, auditor/);
  });
});

function passes(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
