// What the metadata of a stream makes of its events, for readers and when the log is scavenged.

export const META = '$metadata';

/** Of a tombstone; as `$tb` it means that a stream is deleted and may begin again. */
export const LAST_REVISION = 9_223_372_036_854_775_807n;

/** Metadata as an event of it says; what is no JSON says nothing. */
export const metadataIn = (record) => {
  try {
    return (record && JSON.parse(Buffer.from(record.data).toString('utf8'))) ?? {};
  } catch {
    return {};
  }
};

/** First revision and first instant that a reader may see. Of metadata itself only the newest counts. */
export const limitsOf = (name, { $maxCount, $maxAge, $tb = 0 }, head, oldestOf) => {
  const count = name.startsWith('$$') ? 1 : $maxCount;
  return {
    from: Math.max($tb, count === undefined ? 0 : head - count + 1),
    oldest: $maxAge === undefined ? 0n : oldestOf($maxAge),
  };
};

/** Which events of a stream outlive scavenging: its last one always, so that the numbering goes on. */
export const keptAfterScavenging = (name, { head, tombstoned }, { from, oldest }, isTombstoned) => {
  if (tombstoned || (name.startsWith('$$') && isTombstoned(name.slice(2)))) return () => false;
  return ({ revision, created }) => revision === head || (revision >= from && created >= oldest);
};
