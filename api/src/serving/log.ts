import type { FastifyBaseLogger } from 'fastify';
import type { Serving } from './serving.ts';

/** Logs what serves and what is refused. @param model the name in each line, where there are several */
export function logServing({ events }: Serving, log: FastifyBaseLogger, model?: string): void {
  const named = model === undefined ? {} : { model };
  events.on('swap', (swap) => log.info({ ...named, ...swap }, 'a model serves'));
  events.on('refusal', (refusal, reason) =>
    log.error({ ...named, refusal: { ...refusal, reason } }, 'a model was refused'),
  );
  events.on('degraded', ({ version, refusals }) =>
    log.warn(
      { ...named, version, reasons: refusals.map(({ reason }) => reason) },
      'degraded: an earlier version serves until the version in production can be loaded',
    ),
  );
  events.on('blind', (err) => log.warn({ err }, 'no file events: changes are found by polling'));
}
