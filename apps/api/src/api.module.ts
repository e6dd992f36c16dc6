import { existsSync } from 'node:fs';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import fastifyCors, { type FastifyCorsOptions } from '@fastify/cors';
import fastifyStatic from '@fastify/static';
import { Module, type DynamicModule } from '@nestjs/common';
import { ExternalContextCreator, NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { authentication, type Authentication, type Configuration } from '#access';
import { EventStore } from '#event-store';
import { Register } from '#register';
import { LocalDoor } from './beside/local-door.js';
import { DecisionLogController, PUBLIC_URL } from './decision-log/decision-log.controller.js';
import { DecisionLogs } from './decision-log/decision-logs.js';
import { Issuing, IssuingConfiguration } from './decision-log/issuing.js';
import { Disclosing } from './disclosing.js';
import { Doorkeeper } from './doorkeeper.js';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { billedPlugin } from './graphql/billed.plugin.js';
import { OwnExecution } from './graphql/compiled-answers.js';
import { BODY_LIMIT_BYTES, errorFormatter, ThrownFilter } from './graphql/errors.js';
import { observedPlugin } from './graphql/observed.plugin.js';
import { paced } from './graphql/paced-fields.js';
import { callPlainly } from './graphql/plain-calls.js';
import { HealthController } from './health.controller.js';
import { HISTORY } from './history/history.js';
import { Answering, MOST_TOKENS } from './limits/answering.js';
import { Rates } from './limits/rates.js';
import { nestLogger } from './logging.js';
import { PagesController } from './pages.controller.js';
import { PLAYGROUND_FOLDER } from './project.js';
import { operationNames } from './questions.js';
import { Readiness } from './readiness.js';
import { RegisterRuntime } from './register.runtime.js';
import { NamedSubjects } from './named-subjects.js';
import { Recording } from './recording.js';
import { InstrumentVersions } from './instrument/versions.js';
import { Deliberating } from './authority/deliberating.js';
import { Preflight } from './authority/preflight.js';
import { Supposing } from './authority/supposing.js';
import { Tracing } from './authority/tracing.js';
import { Belongings } from './decision/belongings.js';
import { Lapses } from './lapses.js';
import { Records } from './records.js';
import { requestContext, type RequestContext } from './request-context.js';
import { RESOLVERS } from './resolvers.js';
import { SchemeController } from './scheme/scheme.controller.js';
import { Schemes } from './scheme/schemes.js';
import { beginSpan, endSpan, traceparentIn } from './traced-requests.js';
import { Submitting } from './submitting.js';
import { readTrustedDocuments } from './trusted-documents.js';
import { ReceiptTokens } from './receipt-tokens.js';
import { Waiting } from './waiting.js';

/** What the API is made of: tests give it a register in a folder of their own. */
export interface ApiParts {
  readonly configuration: Configuration;
  readonly runtime: RegisterRuntime;
  readonly log: Logger;
  /** How whoever comes over the network is known; default as the configuration says. */
  readonly authenticate?: Authentication;
}

/** Most selections of a document once its fragments are spelt out. */
const MOST_SELECTIONS = 10_000;

/** How often connections are looked through for those whose request does not come, and how long one may be silent. */
const LOOK_THROUGH_MS = 1_000;
const SILENT_MS = 60_000;

@Module({})
export class ApiModule {
  static with({ configuration, runtime, log }: ApiParts, doorkeeper: Doorkeeper, localDoor: LocalDoor): DynamicModule {
    const { anyQuestion, trustedDocuments } = configuration.limits;
    const execution = new OwnExecution();
    const trusted = anyQuestion ? undefined : readTrustedDocuments(trustedDocuments);
    return {
      module: ApiModule,
      global: true,
      imports: [
        CqrsModule.forRoot(),
        GraphQLModule.forRoot<ApolloDriverConfig & { readonly gateway: OwnExecution }>({
          driver: ApolloDriver,
          path: '/graphql',
          autoSchemaFile: true,
          sortSchema: true,
          buildSchemaOptions: { skipCheck: true },
          // Unset, Nest serves a page that loads scripts from elsewhere.
          graphiql: false,
          introspection: true,
          csrfPrevention: true,
          allowBatchedHttpRequests: false,
          persistedQueries: false,
          includeStacktraceInErrorResponses: false,
          autoTransformHttpErrors: false,
          parseOptions: { maxTokens: MOST_TOKENS },
          maxRecursiveSelections: MOST_SELECTIONS,
          stopOnTerminationSignals: false,
          formatError: errorFormatter(log),
          context: (request: FastifyRequest): RequestContext =>
            requestContext(doorkeeper.actorOf(request), Date.now(), traceparentIn(request)),
          transformSchema: (schema) => execution.serve(paced(schema)),
          gateway: execution,
          plugins: [
            billedPlugin(configuration.limits, trusted),
            observedPlugin(runtime.metrics, operationNames()),
            // Answers say nothing of caches; asking every field whether it does costs a twentieth.
            ApolloServerPluginCacheControlDisabled(),
          ],
        }),
      ],
      controllers: [HealthController, PagesController, DecisionLogController, SchemeController],
      providers: [
        { provide: RegisterRuntime, useValue: runtime },
        { provide: Doorkeeper, useValue: doorkeeper },
        { provide: LocalDoor, useValue: localDoor },
        { provide: IssuingConfiguration, useValue: { configuration, log } satisfies IssuingConfiguration },
        { provide: PUBLIC_URL, useValue: configuration.publicUrl },
        { provide: EventStore, useValue: runtime.store },
        { provide: Register, useValue: runtime.register },
        { provide: ReceiptTokens, useValue: ReceiptTokens.with(configuration.receiptKey, configuration.dataDirectory) },
        Submitting,
        NamedSubjects,
        Recording,
        Disclosing,
        DecisionLogs,
        Schemes,
        Issuing,
        Records,
        Belongings,
        InstrumentVersions,
        Tracing,
        Supposing,
        Preflight,
        Deliberating,
        Lapses,
        Waiting,
        ...HISTORY,
        Readiness,
        ...RESOLVERS,
      ],
      exports: [RegisterRuntime, EventStore],
    };
  }
}

/** Scripts of these pages may send what clients send; cookies are of no use here. */
const corsOf = (origins: readonly string[]): FastifyCorsOptions => ({
  origin: [...origins],
  methods: ['GET', 'HEAD', 'POST'],
  exposedHeaders: ['retry-after', 'content-disposition'],
  maxAge: 600,
});

/** The whole API over a running register, not yet listening: `await api.listen(port, host)`. */
export const createApi = async (parts: ApiParts): Promise<NestFastifyApplication> => {
  const { configuration, runtime, log } = parts;
  const { limits } = configuration;
  const counted = (code: string): void => runtime.metrics.refusal(code);
  const localDoor = new LocalDoor();
  const { authenticate = authentication(configuration) } = parts;
  const doorkeeper = new Doorkeeper(authenticate, log, new Rates(limits), counted, localDoor.actorOf);
  const answering = new Answering(limits, runtime.metrics, doorkeeper.actorIf);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: limits.trustedProxies.length > 0 ? [...limits.trustedProxies] : false,
    requestTimeout: limits.requestMs,
    connectionTimeout: Math.max(SILENT_MS, limits.answerMs * 2),
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: LOOK_THROUGH_MS },
    forceCloseConnections: 'idle',
    // While it closes, each open connection is answered once more and then ended.
    return503OnClosing: false,
  });
  const server = adapter.getInstance();
  server.server.maxConnections = limits.connections;
  // A browser asks before it sends a token: it is answered before anybody is asked for one.
  if (configuration.corsOrigins.length > 0) await server.register(fastifyCors, corsOf(configuration.corsOrigins));
  server
    .addHook('onRequest', doorkeeper.meet)
    .addHook('preHandler', answering.begin)
    .addHook('preHandler', beginSpan)
    .addHook('onSend', answering.measure)
    .addHook('onResponse', endSpan);
  const api = await NestFactory.create<NestFastifyApplication>(ApiModule.with(parts, doorkeeper, localDoor), adapter, {
    logger: nestLogger(log),
    abortOnError: false,
  });
  api.useGlobalFilters(new ThrownFilter(log));
  callPlainly(api.get(ExternalContextCreator, { strict: false }));
  if (existsSync(PLAYGROUND_FOLDER)) {
    await api.register(fastifyStatic, {
      root: PLAYGROUND_FOLDER,
      prefix: '/playground',
      redirect: true,
      decorateReply: false,
    });
  } else {
    log.warn({ folder: PLAYGROUND_FOLDER }, 'the playground is not built: npm run build makes it');
  }
  await api.init();
  return api;
};
