/** Monaco's workers are files of our own: nothing is fetched from elsewhere, and no blob is run. */
const FILES = { json: 'json.worker.js', graphql: 'graphql.worker.js' };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(`/playground/${FILES[label] ?? 'editor.worker.js'}`, { name: label }),
};
