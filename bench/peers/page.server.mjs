// `node bench/peers/page.server.mjs mercurius|postgraphile FILE|URL`: a page of decisions with their bodies by peers, in a
// process of its own. Prints its address.
import { createServer } from 'node:http';
import Database from 'better-sqlite3';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { grafserv } from 'postgraphile/grafserv/node';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { postgraphile } from 'postgraphile';

const [kind, where] = process.argv.slice(2);

/** Two SQLite tables by hand, mercurius with its own loaders and graphql-jit from the second question on. */
const byMercurius = async () => {
  const db = new Database(where, { readonly: true });
  const page = db.prepare(`SELECT id, title, dated_on AS datedOn, recorded_at AS recordedAt, body
    FROM decision WHERE (dated_on, id) > (?, ?) ORDER BY dated_on, id LIMIT ?`);
  const position = db.prepare('SELECT max(rowid) AS position FROM decision');
  const one = db.prepare('SELECT id, name FROM body WHERE id = ?');
  const app = Fastify();
  await app.register(mercurius, {
    jit: 1,
    schema: `
      type Basis { position: Int! }
      type Body { id: ID! name: String! }
      type Decision { id: ID! title: String! datedOn: String recordedAt: String! decidedBy: [Body!]! }
      type Edge { node: Decision! cursor: String! }
      type PageInfo { endCursor: String hasNextPage: Boolean! }
      type Page { basis: Basis! edges: [Edge!]! pageInfo: PageInfo! }
      type Query { decisions(first: Int!, after: String): Page! }`,
    resolvers: {
      Query: {
        decisions: (_, { first, after }) => {
          const rows = page.all(...(after ? Buffer.from(after, 'base64').toString().split(' ') : ['', '']), first + 1);
          const edges = rows.slice(0, first).map((node) => ({
            node,
            cursor: Buffer.from(`${node.datedOn} ${node.id}`).toString('base64'),
          }));
          const pageInfo = { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: rows.length > first };
          return { basis: position.get(), edges, pageInfo };
        },
      },
    },
    loaders: { Decision: { decidedBy: async (asked) => asked.map(({ obj }) => [one.get(obj.body)]) } },
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
};

const byPostGraphile = async () => {
  const preset = {
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ connectionString: where, schemas: ['public'] })],
    grafserv: { graphiql: false },
  };
  const server = createServer();
  await postgraphile(preset).createServ(grafserv).addTo(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
};

console.log(await { mercurius: byMercurius, postgraphile: byPostGraphile }[kind]());
process.on('SIGTERM', () => process.exit());
