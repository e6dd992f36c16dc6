/** What somebody else said, on one line of printable characters: no line breaks, nothing that turns the direction of text. */
export const printable = (text: string, longest = 200): string => {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}\p{Bidi_Control}\uFEFF]+/gu, ' ')
    .trim();
  if (line.length <= longest) return line;
  return `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
};

/** Bytes in words, `12.4 MB`. */
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(bytes < 100_000 ? 3 : 1)} MB`;
