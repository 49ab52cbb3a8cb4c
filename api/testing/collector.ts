import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span in OTLP/JSON. */
export interface CollectedSpan {
  name: string;
  kind: number;
  traceId: string;
  parentSpanId?: string;
  status: { code?: number; message?: string };
  events?: unknown[];
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}

interface TraceRequest {
  resourceSpans: {
    resource: { attributes: CollectedSpan['attributes'] };
    scopeSpans: { spans: CollectedSpan[] }[];
  }[];
}

/** An OpenTelemetry collector that keeps the traces it gets by OTLP/HTTP. */
export async function startCollector() {
  const received: { path?: string; type?: string; body: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    received.push({ path: request.url, type: request.headers['content-type'], body });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const resources = () =>
    received.flatMap(({ body }) => (JSON.parse(body.toString()) as TraceRequest).resourceSpans);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    spans: (): CollectedSpan[] =>
      resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    serviceName: () =>
      resources()[0].resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
