import { domainToASCII } from 'node:url';
import type { MailSender } from '#access';
import type { Parcel } from './parcel.js';
import { printable } from './wording.js';

/** An e-mail as it goes over the line: the same bytes at every try. */
export interface Email {
  readonly from: string;
  readonly to: string;
  readonly bytes: Buffer;
}

/** Longest subject. */
const LONGEST_TITLE = 300;

/**
 * The e-mail of a parcel for one recipient: plain text and the files as attachments.
 *
 * @param id makes the Message-ID, with the sender's domain, and the boundaries: letters, digits and underscores.
 * @param date of its Date header, milliseconds since 1970.
 */
export const composed = async (
  parcel: Parcel,
  {
    id,
    to,
    sender,
    date,
  }: { readonly id: string; readonly to: string; readonly sender: MailSender; readonly date: number },
): Promise<Email> => {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1);
  const message = new MailComposer({
    from: { name: sender.name ?? '', address: sender.address },
    to: { name: '', address: to },
    subject: printable(parcel.title, LONGEST_TITLE),
    messageId: `<${id}@${domain}>`,
    date: new Date(date),
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: parcel.text,
    attachments: parcel.files.map(({ name, type, bytes }) => ({
      filename: printable(name),
      contentType: printable(type),
      content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      contentTransferEncoding: 'base64',
      contentDisposition: 'attachment',
    })),
    baseBoundary: id,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from: onTheLine(sender.address), to: onTheLine(to), bytes: await message.compile().build() };
};

/** An address with its host as the name service has it. */
function onTheLine(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + domainToASCII(address.slice(at));
}
