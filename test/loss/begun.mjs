// Leaves a register as a kill between its first command and the first look of its views leaves it: `node begun.mjs DIR`.
import { openEventStore } from '../../dist/libs/event-store/src/index.js';
import { Submit, SubmitHandler } from '../../dist/libs/command/src/index.js';
import { eventReader } from '../../dist/libs/governance/src/index.js';
import { VIEWS, openRegister } from '../../dist/libs/register/src/index.js';

const directory = process.argv[2];
const store = await openEventStore('sqlite:', directory);
const views = await openRegister({ directory, store, views: VIEWS, readEvent: eventReader() });
await views.close();
const steps = [{ command: 'RegisterPerson', data: { name: 'Person 1' }, effectiveOn: '2024-01-01' }];
const intent = { aggregate: 'person', id: 'p1', commandId: 'first', steps };
await new SubmitHandler(store).execute(
  new Submit(intent, { id: 'officer', roles: ['governance-officer'], vouchedBy: 'development' }),
);
await store.close();
