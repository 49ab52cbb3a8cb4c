import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * A value in quotes, in which nothing separates. A quote that does not end right before a separator is a character as any other, so that a
 * client that leaves one open does not hide what its proxy adds.
 */
const quoted = String.raw`(?<==)"(?:[^"\\]|\\.)*"(?=\s*(?:[;,]|$))`;
/** What a proxy says, and a name with its value. */
const elements = new RegExp(`(?:${quoted}|[^,])+`, 'g');
const pairs = new RegExp(`(?:${quoted}|[^;])+`, 'g');

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
  /^".*"$/.test(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;

/** Lets requests say by `Forwarded` what they can say by the older headers. Call this before any hook that asks who the client is. */
export function addForwarded(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    readForwarded(raw.headers);
    done();
  });
}
