import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

export interface StaticSiteOptions {
  /** Folder of the built page; `web/dist` by default. */
  root?: string;
}

/** Serves the built page: one route per file of the build, so that every other route and the 404 stay with the host application. */
export const staticSite: FastifyPluginAsync<StaticSiteOptions> = async (app, options) => {
  const root = options.root ?? join(import.meta.dirname, '../dist');
  const headers = pageHeaders(await apiOriginOf(root));
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url === '*')
      reply.callNotFound(); // it is no path, but the router takes it for one
    else done();
  });
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    globIgnore: ['site.json', '**/*.{br,gz}'],
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.headers(/[\\/]embed\.js(\.\w+)?$/.test(path) ? forEveryone : headers);
      reply.header('cache-control', isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};

/** Any page may load the script of the predictor for other people's pages. */
const forEveryone = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

const isHashed = (path: string) => /[\\/]assets[\\/]/.test(path);

/** The origin of the API for which the page was built; undefined if it is the page's own. */
async function apiOriginOf(root: string): Promise<string | undefined> {
  const path = join(root, 'site.json');
  try {
    const site: { apiOrigin?: string } = JSON.parse(await readFile(path, 'utf8'));
    return site.apiOrigin;
  } catch (cause) {
    throw new Error(`${root} has no built page; build it with: npm run build`, { cause });
  }
}

/** The headers of every file. The page may load from, and connect to, only its own origin and the API's. */
function pageHeaders(apiOrigin?: string): Record<string, string> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': ["'self'", apiOrigin].filter(Boolean).join(' '),
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map((directive) => directive.join(' '))
      .join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
