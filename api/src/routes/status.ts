import { randomBytes } from 'node:crypto';
import type { Status } from '@hearth/artifact';
import type { FastifyInstance } from 'fastify';
import type { Refusal, Serving } from '../serving/index.ts';
import { countTraffic } from './traffic.ts';
import { readVersions, scoresOf } from './versions.ts';

const refusalsKept = 20;

/** `GET /status`, for the operations view. It counts POST requests: predictions, not pages or probes. */
export function addStatus(app: FastifyInstance, { serving }: { serving: Serving }): void {
  const instance = { id: randomBytes(3).toString('hex'), since: new Date().toISOString() };
  const traffic = countTraffic();
  const refusals: Refusal[] = [...serving.refusals];
  app.log.info({ instance: instance.id }, 'this instance');
  serving.events.on('refusal', (refusal) => {
    refusals.unshift(refusal);
    refusals.length = Math.min(refusals.length, refusalsKept);
  });
  app.onAnswered(({ request, status, milliseconds }) => {
    if (request.method === 'POST') traffic.add(status, milliseconds);
  });

  app.get('/status', async (_request, reply): Promise<Status> => {
    reply.header('cache-control', 'no-store');
    const champion = championOf(serving);
    return {
      instance,
      status: statusOf(serving),
      champion,
      refusal: serving.refusals[0],
      refusals,
      // without a folder there is nothing to list; the refusal has the reason
      versions:
        serving.folder === undefined ? undefined : await readVersions(serving.folder, champion?.version),
      traffic: traffic.read(),
    };
  });
}

function statusOf({ since, refusals }: Serving): Status['status'] {
  if (since === undefined) return 'down';
  return refusals.length > 0 ? 'degraded' : 'ok';
}

function championOf(serving: Serving): Status['champion'] {
  if (serving.since === undefined) return undefined;
  const { manifest, version } = serving.model();
  return {
    name: manifest.name,
    version,
    published: serving.published,
    since: serving.since,
    ...scoresOf(manifest),
  };
}
