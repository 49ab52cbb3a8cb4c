import type { FastifyInstance, FastifyRequest } from 'fastify';
import { basePath } from '../server/base-path.ts';
import { Problem } from '../server/problem.ts';

/**
 * Whether a text can be the value of a `Host` header (RFC 9112, section 3.2), which may be empty. RFC 3986 also allows `$`, `;`, `'`
 * and similar characters; no DNS name has them.
 */
const isHost = (text: string): boolean =>
  text === '' || (/^[\w.~:[\]-]+$/.test(text) && URL.canParse(`http://${text}`));

/**
 * Answers 400 to a request that does not name exactly one host. Node's `joinDuplicateHeaders` joins several `Host` headers into one
 * text, which is not a host.
 */
export function addHostCheck(app: FastifyInstance): void {
  let known = '';
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const { host } = raw.headers;
    if (host === known) return done(); // nearly all requests name the same host
    if (host === undefined ? raw.httpVersion === '1.0' : isHost(host)) {
      known = host ?? known;
      return done();
    }
    done(
      new Problem(
        'BAD_REQUEST',
        'send exactly one Host header, such as hearth.example.org or 127.0.0.1:4200',
      ),
    );
  });
}

/** The address by which a client reaches this server, as given by the client or a trusted proxy. */
export function originOf({ protocol, host, raw, socket }: FastifyRequest): string {
  const named = isHost(host) ? host : raw.headers.host; // addHostCheck does not check X-Forwarded-Host
  return `${protocol === 'https' ? 'https' : 'http'}://${named || `localhost:${socket.localPort}`}${basePath}`;
}
