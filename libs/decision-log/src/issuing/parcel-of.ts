import { dayInWords } from '#governance';
import type { Parcel } from '../delivery/parcel.js';
import { MOST_CONTENT } from '../delivery/webhook-message.js';
import { LOG_FORMATS } from '../log-files.js';
import type { Scope } from '../question.js';
import { formatsIn, type KeptFile } from './shelf.js';

/** To whom a log goes, and on whose order. */
export interface Addressed {
  /** Id of the issued log. */
  readonly id: string;
  readonly recipient?: string | undefined;
  readonly replaces?: string | undefined;
  readonly standingOrder?: string | undefined;
}

/**
 * A log as it is handed over. It rests on the issued log alone: what is delivered later is the same parcel.
 *
 * Files go with their content, because whoever receives them may have no access to the register; only where that is
 * more than a webhook takes, the log itself is linked in each format, for a receiver that has.
 */
export const parcelOf = async (
  scope: Scope,
  files: readonly KeptFile[],
  { id, recipient, replaces, standingOrder }: Addressed,
): Promise<Parcel> => {
  const { committee, period, basis, reader, logId, publicAddress } = scope;
  const address = publicAddress && `${publicAddress}/decision-logs/${encodeURIComponent(id)}`;
  return {
    id,
    title: `Decision log for ${committee.name}, ${period.words}`,
    text: textOf(scope, files, { id, recipient, replaces }, address),
    files: await Promise.all(
      files.map(async (file) => ({
        name: file.name,
        type: typeOf(file.name),
        bytes: await file.content(),
        sha256: file.sha256,
      })),
    ),
    facts: {
      log: id,
      logId,
      committee: { id: committee.subject, name: committee.name },
      period: { from: period.from, to: period.to },
      basis: {
        asAt: basis.asAt,
        position: basis.position,
        ...(basis.recordedAt !== null && { recordedAt: basis.recordedAt }),
      },
      reader,
      ...(recipient !== undefined && { recipient }),
      ...(replaces !== undefined && { replaces }),
      ...(standingOrder !== undefined && { standingOrder }),
      ...(address && { address }),
      ...(address && isTooMuch(files) && { links: linksOf(files, address) }),
    },
  };
};

const isTooMuch = (files: readonly KeptFile[]): boolean =>
  files.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_CONTENT;

/** Addresses at which exactly the issued bytes are: of the log in each format, not of what goes beside it. */
const linksOf = (files: readonly KeptFile[], address: string): Readonly<Record<string, string>> =>
  Object.fromEntries(formatsIn(files).map((format) => [LOG_FORMATS[format].file, `${address}.${format}?exactly=true`]));

function textOf(
  { committee, period, basis, reader }: Scope,
  files: readonly KeptFile[],
  { id, recipient, replaces }: Addressed,
  address: string | undefined,
): string {
  const lines = [
    ...(recipient === undefined ? [] : [`For ${recipient}`, '']),
    `This is the decision log for ${committee.name}, ${period.words}.`,
    `It shows the decisions as they stood on ${dayInWords(basis.asAt)}, as known at position ${basis.position} of the register.`,
    ...(reader === 'officers' ? ['It holds what is withheld from others: it is not for publication.'] : []),
    ...(replaces === undefined ? [] : [`It corrects and replaces the log ${replaces}; what has changed is marked.`]),
    '',
    `It was issued as ${id}.${address ? ` The register makes it again at ${address}` : ''}`,
    '',
    'A copy is the one that was issued where its SHA-256 is the same:',
    ...files.map(({ name, sha256 }) => `${sha256}  ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}

const TYPES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(LOG_FORMATS).map(({ file, type }) => [file.slice(file.lastIndexOf('.')), type]),
);

const typeOf = (name: string): string => TYPES[name.slice(name.lastIndexOf('.'))] ?? 'application/octet-stream';
