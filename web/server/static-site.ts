import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { pageHeaders } from './headers.ts';

export interface StaticSiteOptions {
  /** Folder of the built page; `web/dist` by default. */
  root?: string;
}

/**
 * Serves the built page. It takes exactly one route per file that the build has, so that whatever else the instance
 * answers, and how it answers what it does not know, stays its own.
 */
export const staticSite: FastifyPluginAsync<StaticSiteOptions> = async (app, options) => {
  const root = options.root ?? join(import.meta.dirname, '../dist');
  const headers = pageHeaders(await builtFor(root));
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    globIgnore: ['site.json', '**/*.{br,gz}'],
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.headers(headers);
      reply.header('cache-control', isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};

const isHashed = (path: string) => /[\\/]assets[\\/]/.test(path);

/** The origin of the API that the page was built for, if not its own. */
async function builtFor(root: string): Promise<string | undefined> {
  const path = join(root, 'site.json');
  try {
    const site: { apiOrigin?: string } = JSON.parse(await readFile(path, 'utf8'));
    return site.apiOrigin;
  } catch (cause) {
    throw new Error(`no built page in ${root}; run pnpm --filter @hearth/web build`, { cause });
  }
}
