import type { FastifyBaseLogger } from 'fastify';
import type { Serving } from './serving.ts';

/** Logs what serves and what is refused. */
export function logServing({ events }: Serving, log: FastifyBaseLogger): void {
  events.on('swap', (swap) => log.info(swap, 'a model serves'));
  events.on('refusal', (refusal, reason) =>
    log.error({ refusal: { ...refusal, reason } }, 'a model was refused'),
  );
  events.on('degraded', ({ version, refusals }) =>
    log.warn(
      { version, reasons: refusals.map(({ reason }) => reason) },
      'degraded: an earlier version serves until the version in production can be loaded',
    ),
  );
  events.on('blind', (err) => log.warn({ err }, 'no file events: changes are found by polling'));
}
