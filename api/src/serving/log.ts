import type { FastifyBaseLogger } from 'fastify';
import type { Serving } from './serving.ts';

/** Tells the log what serves and what does not. */
export function logServing({ events }: Serving, log: FastifyBaseLogger): void {
  events.on('swap', (swap) => log.info(swap, 'a model serves'));
  events.on('refusal', (refusal, reason) =>
    log.error({ refusal: { ...refusal, reason } }, 'a model was refused'),
  );
  events.on('degraded', ({ version, refusals }) =>
    log.warn(
      { version, reasons: refusals.map(({ reason }) => reason) },
      'degraded: a version that was in production before serves until the one in production can',
    ),
  );
  events.on('blind', (err) => log.warn({ err }, 'no file events: the alias is polled'));
}
