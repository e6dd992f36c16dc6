// A register of decisions by forty boards of one ICB, recorded through the door as clients would.
import { Submit } from '../dist/libs/command/src/index.js';

export const BODIES = 40;
const officer = { id: 'bench', roles: ['governance-officer'], vouchedBy: 'development' };

export const dayOf = (index) => `20${String(index % 25).padStart(2, '0')}-04-01`;
export const titleOf = (index) => `Community service number ${index}`;

/** Records so many decisions, two hundred at once. @param onRecorded told how many there are, after each two hundred. */
export const filled = async (door, decisions, onRecorded = () => {}) => {
  const record = (aggregate, id, command, effectiveOn, data) => {
    const steps = [{ command, effectiveOn, data }];
    return door.execute(new Submit({ aggregate, id, commandId: `bench/${id}`, steps }, officer));
  };
  await record('organisation', 'bench:icb', 'RegisterOrganisation', '2000-01-01', { name: 'An ICB', kind: 'ICB' });
  const body = (index) =>
    record('body', `bench:body-${index}`, 'EstablishBody', '2000-01-01', {
      ...{ name: `Board number ${index}`, kind: 'ICB_COMMITTEE', owners: ['bench:icb'] },
    });
  await Promise.all(Array.from({ length: BODIES }, (_, index) => body(index)));
  const decide = (index) =>
    record('decision', `bench:${index}`, 'TakeDecision', dayOf(index), {
      ...{ title: titleOf(index), amount: { pence: index * 100 }, takenOn: dayOf(index) },
      decidedBy: [`bench:body-${index % BODIES}`],
    });
  for (let at = 0; at < decisions; at += 200) {
    await Promise.all(Array.from({ length: Math.min(200, decisions - at) }, (_, index) => decide(at + index)));
    onRecorded(Math.min(at + 200, decisions));
  }
};
