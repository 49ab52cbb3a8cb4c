import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Texts in a header between commas or semicolons; those in quotes do not separate. */
const elements = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const pairs = /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g;

/**
 * Writes what proxies say in `Forwarded` (RFC 7239) as the older headers, of which Fastify and gRPC take only what trusted proxies have
 * added. If `X-Forwarded-For` is there, it decides: the proxy that wrote it may have passed on the `Forwarded` of a client.
 */
export function readForwarded(headers: IncomingHttpHeaders): void {
  const { forwarded } = headers;
  if (forwarded === undefined || headers['x-forwarded-for'] !== undefined) return;
  const proxies = (forwarded.match(elements) ?? []).map((element) => {
    const given = (element.match(pairs) ?? []).map((pair) => pair.trim().split('='));
    return Object.fromEntries(
      given.map(([name, ...value]) => [name.toLowerCase(), unquoted(value.join('='))]),
    );
  });
  headers['x-forwarded-for'] = proxies.map((proxy) => proxy.for ?? 'unknown').join(', ');
  const { proto, host } = proxies.at(-1) ?? {};
  if (proto) headers['x-forwarded-proto'] = proto;
  if (host) headers['x-forwarded-host'] = host;
}

const unquoted = (text: string): string =>
  text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;

/** Lets requests say by `Forwarded` what they can say by the older headers. Call this before any hook that asks who the client is. */
export function addForwarded(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    readForwarded(raw.headers);
    done();
  });
}
