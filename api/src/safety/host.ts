import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../server/problem.ts';

/**
 * Whether a text can be the value of a header `Host` (RFC 9112, section 3.2), which may be empty. RFC 3986 also lets a name hold `$`,
 * `;`, `'` and the like; no name of the DNS does.
 */
const isHost = (text: string): boolean =>
  text === '' || (/^[\w.~:[\]-]+$/.test(text) && URL.canParse(`http://${text}`));

/**
 * Answers 400 to a request that does not name one host. Where several are named, `joinDuplicateHeaders` of Node's server has made
 * them one text, which is none.
 */
export function addHostCheck(app: FastifyInstance): void {
  let known = '';
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const { host } = raw.headers;
    if (host === known) return done(); // nearly all requests name the same one
    if (host === undefined ? raw.httpVersion === '1.0' : isHost(host)) {
      known = host ?? known;
      return done();
    }
    done(new Problem('BAD_REQUEST', 'send one header Host, such as hearth.example.org or 127.0.0.1:4200'));
  });
}

/** The address by which a client reaches this server, as the client or a proxy that is trusted says. */
export function originOf({ protocol, host, raw, socket }: FastifyRequest): string {
  const named = isHost(host) ? host : raw.headers.host; // a proxy's X-Forwarded-Host is not checked yet
  return `${protocol === 'https' ? 'https' : 'http'}://${named || `localhost:${socket.localPort}`}`;
}
