import { randomBytes } from 'node:crypto';
import type { Status } from '@hearth/artifact';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Refusal, Serving, ServingOf } from '../serving/index.ts';
import { countTraffic } from './traffic.ts';
import { readVersions, scoresOf } from './versions.ts';

const refusalsKept = 20;

/** What a model did since this process began to follow it. */
export interface Past {
  traffic: ReturnType<typeof countTraffic>;
  /** The newest first. */
  refusals: Refusal[];
}

/** Keeps what happens to a model from now on; its traffic is counted by who answers. */
export function keepPast({ refusals: first, events }: Serving): Past {
  const refusals = [...first];
  events.on('refusal', (refusal) => {
    refusals.unshift(refusal);
    refusals.length = Math.min(refusals.length, refusalsKept);
  });
  return { traffic: countTraffic(), refusals };
}

export type Instance = Status['instance'];

/** This process, as its status and its log name it. */
export function nameInstance({ log }: Pick<FastifyInstance, 'log'>): Instance {
  const instance = { id: randomBytes(3).toString('hex'), since: new Date().toISOString() };
  log.info({ instance: instance.id }, 'this instance');
  return instance;
}

/** Counts POST requests: predictions, not pages or probes. */
export function countPosts(app: FastifyInstance, { traffic }: Past): void {
  app.onAnswered(({ request, status, milliseconds }) => {
    if (request.method === 'POST') traffic.add(status, milliseconds);
  });
}

interface StatusOptions {
  instance: Instance;
  of: ServingOf;
  pastOf(request: FastifyRequest): Past;
}

/** `GET /status`, for the operations view. */
export async function statusRoutes(
  app: FastifyInstance,
  { instance, of, pastOf }: StatusOptions,
): Promise<void> {
  app.get('/status', async (request, reply): Promise<Status> => {
    reply.header('cache-control', 'no-store');
    const serving = of(request);
    const champion = championOf(serving);
    const { traffic, refusals } = pastOf(request);
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
