import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { ConfigError } from './config-error.ts';

/**
 * The path below which clients reach this server, such as /hearth behind a proxy that passes it on; empty for the root. From the environment,
 * because the links of every problem begin with it.
 */
export const basePath = (process.env.BASE_PATH ?? '').replace(/\/$/, '');

/** @throws ConfigError */
export function assertBasePath(): void {
  if (basePath !== '' && !/^(\/[\w.~-]+)+$/.test(basePath))
    throw new ConfigError(`BASE_PATH is "${basePath}"; it takes a path such as /hearth`);
}

/** Leaves the base path out of URLs. Those without it are answered too: probes, and proxies that remove it. */
export const rewriteUrl =
  basePath === ''
    ? undefined
    : ({ url = '/' }: IncomingMessage): string =>
        url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : url;

/** The page has relative links, which are below the base path only after a slash. */
export function redirectToSlash(app: FastifyInstance): void {
  if (basePath !== '') app.get(basePath, (_request, reply) => reply.redirect(`${basePath}/`, 308));
}
