// `node bench/page.server.mjs KIND [FILE]`: what a page over HTTP is held against, in a process of its own. `constant`: a
// bare Apollo server with one answer. `by-hand`: Apollo over a table of decisions and one of bodies, one statement each,
// with nothing of time, disclosure or cost. Prints its address.
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import Database from 'better-sqlite3';
import DataLoader from 'dataloader';
import { FastifyAdapter } from '@nestjs/platform-fastify';

const [kind, file] = process.argv.slice(2);

const typeDefs = `
  type Basis { position: Int! }
  type Body { id: ID! name: String! }
  type Decision { id: ID! title: String! datedOn: String amount: Int recordedAt: String! decidedBy: [Body!]! }
  type Edge { node: Decision! cursor: String! }
  type PageInfo { endCursor: String hasNextPage: Boolean! }
  type Page { basis: Basis! edges: [Edge!]! pageInfo: PageInfo! }
  type Query { decisions(first: Int!, after: String): Page! }`;

const constant = () => {
  const decidedBy = [{ id: 'body/1', name: 'Board number 1' }];
  const node = {
    id: 'decision/1',
    title: 'Community service',
    datedOn: '2025-03-01',
    amount: 100,
    recordedAt: '2025-03-01T12:00:00.000Z',
    decidedBy,
  };
  const edges = Array.from({ length: 20 }, () => ({ node, cursor: 'x' }));
  const page = { basis: { position: 1 }, edges, pageInfo: { endCursor: 'x', hasNextPage: true } };
  return { resolvers: { Query: { decisions: () => page } }, context: async () => ({}) };
};

const byHand = () => {
  const db = new Database(file, { readonly: true });
  const page = db.prepare(`SELECT id, title, dated_on AS datedOn, amount, recorded_at AS recordedAt, body
    FROM decision WHERE (dated_on, id) > (?, ?) ORDER BY dated_on, id LIMIT ?`);
  const position = db.prepare('SELECT max(rowid) AS position FROM decision');
  const some = new Map();
  const bodies = (ids) => {
    if (!some.has(ids.length)) {
      some.set(ids.length, db.prepare(`SELECT id, name FROM body WHERE id IN (${ids.map(() => '?').join(', ')})`));
    }
    const found = new Map(
      some
        .get(ids.length)
        .all(ids)
        .map((row) => [row.id, row]),
    );
    return ids.map((id) => found.get(id));
  };
  const decisions = (_, { first, after }) => {
    const rows = page.all(...(after ? Buffer.from(after, 'base64').toString().split(' ') : ['', '']), first + 1);
    const edges = rows.slice(0, first).map((node) => ({
      node,
      cursor: Buffer.from(`${node.datedOn} ${node.id}`).toString('base64'),
    }));
    const pageInfo = { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: rows.length > first };
    return { basis: position.get(), edges, pageInfo };
  };
  return {
    resolvers: {
      Query: { decisions },
      Decision: { decidedBy: ({ body }, _, { loader }) => loader.load(body).then((found) => [found]) },
    },
    context: async () => ({ loader: new DataLoader(async (ids) => bodies(ids)) }),
  };
};

const { resolvers, context } = kind === 'constant' ? constant() : byHand();
const apollo = new ApolloServer({ typeDefs, resolvers });
await apollo.start();
const app = new FastifyAdapter().getInstance();
await app.register(fastifyApollo(apollo), { path: '/graphql', context });
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
process.on('SIGTERM', () => void app.close());
