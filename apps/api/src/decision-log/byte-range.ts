/** A stretch of bytes, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one stretch that a `Range` header asks for (RFC 9110, 14.2). Undefined where it asks for none, for several or in
 * other units: the whole is the answer then.
 */
export const byteRange = (header: string | undefined, length: number): ByteRange | 'unsatisfiable' | undefined => {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined;
  const [, from = '', to = ''] = asked;
  if (from === '') {
    const last = Number(to);
    return last === 0 || length === 0 ? 'unsatisfiable' : { first: Math.max(0, length - last), last: length - 1 };
  }
  const first = Number(from);
  const last = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first >= length ? 'unsatisfiable' : { first, last };
};
