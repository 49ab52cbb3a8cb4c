import type { FastifyInstance } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { addShedding } from '../admission/shedding.ts';
import { addApiKeys } from './api-keys.ts';
import { addSecurityHeaders } from './headers.ts';
import { addHostCheck } from './host.ts';
import { addRateLimit } from './rate-limit.ts';
import type { Safety } from './settings.ts';

export { originOf } from './host.ts';
export { inNetworks } from './networks.ts';
export { defaultSafety, readSafety, type Safety } from './settings.ts';

/** Everything that stands between a stranger and the model. To be added before any route. */
export async function addSafety(app: FastifyInstance, safety: Safety, limits: Limits): Promise<void> {
  addSecurityHeaders(app);
  addHostCheck(app);
  addShedding(app, safety, limits);
  await addRateLimit(app, safety); // first, so that whoever guesses keys is counted
  if (safety.apiKeysFile !== undefined) await addApiKeys(app, safety.apiKeysFile);
}
