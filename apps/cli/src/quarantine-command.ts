import { withForeignEvents, type ForeignEvent, type ForeignEvents } from '#event-store';
import { instantOf, Refusal } from '#kernel';
import { isEmbedded } from '#access';
import { quarantineEvent } from '#operations/quarantine';
import { commandLineActor } from './command-line-actor.js';
import { configured } from './configured.js';
import { print, type Global } from './terminal.js';

export interface QuarantineOptions extends Global {
  readonly stream?: string;
  readonly revision?: string;
  readonly id?: string;
  readonly reason?: string;
}

/** Which event, and why. */
interface Wanted {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly reason: string;
}

/** `register quarantine`: lists what others wrote to the register's streams, or records that one event of it is passed over. */
export const quarantineCommand = async (options: QuarantineOptions): Promise<void> => {
  const { eventStoreUrl } = configured(options.dataDir);
  if (isEmbedded(eventStoreUrl)) {
    throw new Refusal(
      'QUARANTINE_EMBEDDED',
      'nobody else writes to the embedded log: needed EVENT_STORE_URL=esdb://…',
      {
        field: 'EVENT_STORE_URL',
      },
    );
  }
  const wanted = wantedOf(options);
  await withForeignEvents(eventStoreUrl, async (foreign) =>
    wanted ? record(foreign, wanted, options.json) : list(foreign, options.json),
  );
};

async function list(foreign: ForeignEvents, json: boolean): Promise<void> {
  const found = await foreign.list();
  if (json) return print(JSON.stringify(found.map((event) => ({ ...event, createdAt: instantOf(event.createdAt) }))));
  if (found.length === 0) print('the register wrote every event of its streams');
  for (const event of found) print(lineOf(event));
}

const lineOf = ({ stream, revision, id, type, createdAt, isQuarantined }: ForeignEvent): string =>
  `${isQuarantined ? 'passed over' : 'foreign'}: --stream ${stream} --revision ${revision} --id ${id}, ${type}, written at ${instantOf(createdAt)}`;

async function record(foreign: ForeignEvents, { stream, revision, id, reason }: Wanted, json: boolean): Promise<void> {
  const there = await foreign.at(stream, revision);
  if (there === undefined || (there !== 'ours' && there.id !== id)) {
    const found = there ? `event ${there.id} (${there.type}) is there` : 'no event is there';
    throw new Refusal(
      'QUARANTINE_NOT_FOUND',
      `event ${id} is not revision ${revision} of ${stream}: ${found}; needed stream, revision and id as register quarantine lists them`,
      { field: there ? 'id' : 'revision' },
    );
  }
  if (there === 'ours') {
    throw new Refusal(
      'QUARANTINE_NOT_FOREIGN',
      `the register wrote revision ${revision} of ${stream}: only what somebody else wrote is passed over`,
      { field: 'revision' },
    );
  }
  const quarantined = { stream, revision, event: id, type: there.type, reason };
  if (!there.isQuarantined) await foreign.record(quarantineEvent(quarantined, commandLineActor()));
  if (json) return print(JSON.stringify(quarantined));
  const said = there.isQuarantined ? 'was recorded before' : 'recorded';
  print(
    `${said}: event ${id}, revision ${revision} of ${stream}, is passed over; running programs go on within a few seconds`,
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Undefined where nothing is named: then the foreign events are listed. @throws Refusal for half a name. */
function wantedOf({ stream, revision, id, reason }: QuarantineOptions): Wanted | undefined {
  const given = { stream, revision, id, reason };
  if (Object.values(given).every((value) => value === undefined)) return undefined;
  const shape = { stream: /\S/, revision: /^\d{1,15}$/, id: UUID, reason: /\S/ };
  const needed = {
    stream: 'the stream, for example decision/glos:1',
    revision: 'its revision as the server counts, for example 3',
    id: 'the whole id of the event, a UUID in small letters',
    reason: 'why it is passed over: an auditor will read it',
  };
  for (const field of ['stream', 'revision', 'id', 'reason'] as const) {
    if (shape[field].test(given[field] ?? '')) continue;
    const found = given[field] === undefined ? 'nothing' : JSON.stringify(given[field]);
    throw new Refusal('QUARANTINE_UNCLEAR', `--${field} is ${found}: needed ${needed[field]}`, { field });
  }
  return {
    // As sentences name it on the server, or as the register does.
    stream: String(stream).replace(/^register-[a-z0-9-]+\|/, ''),
    revision: Number(revision),
    id: String(id),
    reason: String(reason).trim(),
  };
}
