import type { IncomingHttpHeaders } from 'node:http2';
import type { FastifyInstance } from 'fastify';
import { inNetworks, readForwarded, type Safety } from '../safety/index.ts';
import { Problem } from '../server/problem.ts';
import type { Caller } from './call.ts';

/** Makes the function that finds out who calls. @param address of the connection */
export function callers({ trustProxy }: Safety): (headers: IncomingHttpHeaders, address: string) => Caller {
  const isTrusted = inNetworks(trustProxy);
  return (headers, address) => {
    readForwarded(headers);
    const given = headers['x-forwarded-for'];
    if (given === undefined) return { headers, ip: address };
    const forwarded = given.toString().split(',').filter(Boolean);
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
