// Who may do what on the stand-in: users, and the access control lists in the metadata of streams, as the server's own
// stream policy reads them.
import { metadataIn } from './metadata.mjs';

const EVERYBODY = '$all';
const ADMINISTRATORS = '$admins';

/** Which entry of an access control list each thing needs. */
const RIGHTS = { read: '$r', write: '$w', delete: '$d', 'read metadata': '$mr', 'write metadata': '$mw' };

export class Access {
  /**
   * @param users `[{ username, password, groups }]`; undefined for a server that asks nobody, as one started with
   *   `--insecure` does.
   */
  constructor(log, users) {
    this.log = log;
    this.users = users;
  }

  /** @returns a user, `{ username: undefined }` for nobody, or 'unauthenticated' for a wrong name or password. */
  whoIs(metadata) {
    if (!this.users) return { groups: [ADMINISTRATORS] };
    const said = metadata.get('authorization')[0];
    if (said === undefined) return { groups: [] };
    const [username, password] = splitAt(Buffer.from(said.replace(/^Basic /, ''), 'base64').toString('utf8'), ':');
    const user = this.users.find((each) => each.username === username && each.password === password);
    return user ?? 'unauthenticated';
  }

  /** @param action 'read', 'write' or 'delete'. @param stream its name, `$all` for the whole log. */
  allows({ username, groups = [] }, action, stream) {
    if (groups.includes(ADMINISTRATORS)) return true;
    const ofMetadata = stream.startsWith('$$');
    const about = ofMetadata ? stream.slice(2) : stream;
    const right = RIGHTS[ofMetadata ? `${action} metadata` : action];
    const wanted = this.#listed(about, right);
    return wanted.some((role) => role === EVERYBODY || role === username || groups.includes(role));
  }

  /** What the stream's own list says, else the server's settings, else the rule: all that is no system stream is open. */
  #listed(stream, right) {
    const system = stream.startsWith('$');
    const settings = metadataIn(this.log.lastOf('$settings'))[system ? '$systemStreamAcl' : '$userStreamAcl'];
    const listed = this.log.metadataOf(stream).$acl?.[right] ?? settings?.[right];
    return [listed ?? (system ? ADMINISTRATORS : EVERYBODY)].flat();
  }
}

const splitAt = (text, mark) => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
};
