import {
  context,
  propagation,
  trace,
  SpanStatusCode,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';

/** W3C trace context, version 00: trace, span, flags. All zeros stand for none. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Spans of one program, until they have been sent. */
export interface Tracing {
  /** Sends what is left and ends. */
  stop(): Promise<void>;
}

/**
 * Switches tracing on for the whole process, where `OTEL_EXPORTER_OTLP_ENDPOINT` is set; otherwise nothing of the
 * exporter is loaded, and every span below is the API's own empty one.
 *
 * @param program what the spans say of their origin; `OTEL_SERVICE_NAME` overrides it.
 */
export const startTracing = async (program: string, endpoint: string | undefined): Promise<Tracing> => {
  if (endpoint === undefined) return { stop: async () => undefined };
  const [
    { NodeTracerProvider, BatchSpanProcessor },
    { OTLPTraceExporter },
    { resourceFromAttributes, defaultResource },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const name = process.env.OTEL_SERVICE_NAME ?? program;
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': name })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return {
    stop: async () => {
      // A collector that is away keeps nobody from stopping.
      await provider.shutdown().catch(() => undefined);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
};

const tracer = () => trace.getTracer('decision-register');

/** Does `work` inside a span; a fault marks it. Attributes say how much and which kind, never what. */
export const traced = async <Result>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<Result>,
  links: readonly Link[] = [],
): Promise<Result> =>
  tracer().startActiveSpan(name, { attributes, links: [...links] }, async (span) => {
    try {
      return await work(span);
    } catch (thrown) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw thrown;
    } finally {
      span.end();
    }
  });

/** A span that begins with a request from outside and ends when it is answered. */
export const requestSpan = (name: string, traceparent: string | undefined): { span: Span; context: Context } => {
  const from = spanContextOf(traceparent);
  const parent = from ? trace.setSpanContext(context.active(), { ...from, isRemote: true }) : context.active();
  const span = tracer().startSpan(name, {}, parent);
  return { span, context: trace.setSpan(parent, span) };
};

/** Runs `work` so that what it begins stands below the span of `within`. */
export const inContext = <Result>(within: Context, work: () => Result): Result => context.with(within, work);

/** The trace context as an envelope keeps it; undefined where a span is none. */
export const traceparentOf = (span: Span): string | undefined => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const text = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  return TRACEPARENT.test(text) ? text : undefined;
};

/** What a `traceparent` says; undefined for anything that is none. */
export const spanContextOf = (traceparent: string | undefined): SpanContext | undefined => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return traceId && spanId && flags ? { traceId, spanId, traceFlags: Number.parseInt(flags, 16) } : undefined;
};
