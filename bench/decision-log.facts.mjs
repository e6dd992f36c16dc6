// Decisions that nobody took, as lines for `register import`: one board, a year, as many as are asked for.
// `node bench/decision-log.facts.mjs 10000 > decisions.ndjson`
import { fileURLToPath } from 'node:url';

export const decisionLines = (count) => {
  const fact = (aggregate, id, command, effectiveOn, data) =>
    JSON.stringify({ aggregate, id, command, effectiveOn, data });
  const facts = [
    fact('organisation', 'icb', 'RegisterOrganisation', '2022-07-01', { name: 'County ICB', kind: 'ICB' }),
    fact('body', 'board', 'EstablishBody', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }),
  ];
  for (let at = 0; at < count; at++) {
    const day = new Date(Date.UTC(2025, 0, 1 + (at % 365))).toISOString().slice(0, 10);
    facts.push(
      fact('decision', `d${at}`, 'TakeDecision', day, {
        title: `Decision ${at}: community services in one of the places of the county`,
        reference: `ICB-${String(at).padStart(5, '0')}`,
        organisation: 'icb',
        decidedBy: ['board'],
        takenOn: day,
        kind: 'APPROVE',
        amount: { pence: at * 1_000 },
        reasons: 'The reasons are those of the paper, which the board discussed and accepted. '.repeat(3),
      }),
    );
  }
  return facts.join('\n');
};

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(decisionLines(Number(process.argv[2] ?? 1_000)));
