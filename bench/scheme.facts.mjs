// Delegations that nobody granted, as lines for `register import`: one board, its posts, as many entries as are asked for.
export const schemeLines = (count) => {
  const fact = (aggregate, id, command, effectiveOn, data) =>
    JSON.stringify({ aggregate, id, command, effectiveOn, data });
  const first = '2022-07-01';
  const facts = [
    fact('organisation', 'icb', 'RegisterOrganisation', first, { name: 'County ICB', kind: 'ICB' }),
    fact('body', 'board', 'EstablishBody', first, { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }),
    fact('instrument', 'sord', 'AdoptInstrument', first, { title: 'Scheme', kind: 'SORD_ENTRY', organisation: 'icb' }),
  ];
  const [bodies, posts, functions] = [10, 60, 40];
  for (let at = 0; at < bodies; at++) {
    const data = { name: `Committee ${at}`, kind: 'ICB_COMMITTEE', parentBody: 'board' };
    facts.push(fact('body', `committee-${at}`, 'EstablishBody', first, data));
  }
  for (let at = 0; at < posts; at++) {
    facts.push(fact('seat', `post-${at}`, 'DefineSeat', first, { title: `Director ${at}`, organisation: 'icb' }));
    facts.push(fact('person', `p${at}`, 'RegisterPerson', first, { name: `Person ${at}` }));
    facts.push(fact('appointment', `a${at}`, 'MakeAppointment', first, { person: `p${at}`, seat: `post-${at}` }));
  }
  for (let at = 0; at < functions; at++) {
    facts.push(fact('function', `f${at}`, 'DefineFunction', first, { name: `Function ${at} of the organisation` }));
  }
  for (let at = 0; at < count; at++) {
    const common = { catalogueFunctions: [`f${at % functions}`], instrument: 'sord', clause: `4.${at}` };
    const limit = { amount: { pence: (at + 1) * 100_000 }, basis: 'PER_DECISION', vat: 'EXCLUDED' };
    if (at % 10 === 0) {
      const data = { ...common, functions: [`Matter ${at}`], body: 'board', above: limit };
      facts.push(fact('reservation', `r${at}`, 'ReserveMatter', first, data));
      continue;
    }
    const conditions = [{ key: 'cert', text: 'Money is certified', kind: 'CERTIFICATE', applies: 'EACH_DECISION' }];
    const grantor = at % 3 === 0 ? { grantedByBody: `committee-${at % bodies}` } : { grantedByBody: 'board' };
    const more = { limits: [limit], conditions, onward: 'WITH_CONSENT', reviewOn: '2026-03-31' };
    const data = { ...common, ...grantor, ...more, functions: [`Power ${at}`], delegateSeats: [`post-${at % posts}`] };
    facts.push(fact('delegation', `d${at}`, 'GrantDelegation', first, data));
  }
  return facts.join('\n');
};
