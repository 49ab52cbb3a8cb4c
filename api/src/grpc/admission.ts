import type { IncomingHttpHeaders } from 'node:http';
import type { Metadata } from '@grpc/grpc-js';
import type { FastifyInstance } from 'fastify';
import { inNetworks, type Safety } from '../safety/index.ts';
import { Problem } from '../server/problem.ts';

/** Who calls, as a request of HTTP says it. */
export interface Caller {
  headers: IncomingHttpHeaders;
  /** The address of the client; behind trusted proxies as they say it. */
  ip: string;
}

/** Makes the function that finds out who calls. @param peer `ADDRESS:PORT` */
export function callers({ trustProxy }: Safety): (metadata: Metadata, peer: string) => Caller {
  const isTrusted = inNetworks(trustProxy);
  return (metadata, peer) => {
    const headers: IncomingHttpHeaders = {};
    for (const [name, value] of Object.entries(metadata.getMap())) headers[name] = String(value);
    const address = peer.slice(0, peer.lastIndexOf(':')).replace(/^\[|\]$/g, '');
    const forwarded = (headers['x-forwarded-for'] ?? '').toString().split(',').filter(Boolean);
    let ip = address;
    while (forwarded.length > 0 && isTrusted(ip)) ip = String(forwarded.pop()).trim();
    return { headers, ip };
  };
}

/** Asks for the key and the rate of a client, as for every POST. @throws Problem */
export async function assertAllowed(app: FastifyInstance, { headers, ip }: Caller): Promise<void> {
  await app.limitClient?.(ip);
  if (app.knowsKey?.(headers) === false)
    throw new Problem(
      'UNAUTHORIZED',
      'send a key that this server knows, as in the metadata authorization: Bearer KEY',
    );
}
