import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishTiny, setAlias } from '../../testing/models.ts';
import { buildApp } from '../app.ts';
import { serveBare } from '../sagemaker/index.ts';
import { withoutPaths } from './paths.ts';

let above: string;
let models: string;
let app: FastifyInstance | undefined;

beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'a server of ours '));
  models = join(above, 'models');
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await rm(above, { recursive: true });
});

const routes = [
  ['POST', '/predict'],
  ['POST', '/invocations'],
  ['POST', '/v2/models/tiny/infer'],
  ['GET', '/v2/models/tiny'],
  ['GET', '/v2/models/tiny/ready'],
  ['GET', '/health'],
  ['GET', '/health/ready'],
  ['GET', '/ping'],
  ['GET', '/status'],
  ['GET', '/model'],
  ['GET', '/model/card'],
  ['GET', '/model/evaluations'],
  ['GET', '/openapi.json'],
  ['GET', '/docs'],
  ['GET', '/metrics'],
  ['GET', '/nowhere'],
] as const;

const faults: [string, () => Promise<void>][] = [
  ['there is no folder of models', async () => {}],
  ['it is a file', () => writeFile(models, '')],
  ['it is empty', async () => void (await mkdir(models))],
  [
    'it has several models',
    async () => {
      for (const name of ['one', 'two']) await mkdir(join(models, name), { recursive: true });
    },
  ],
  ['no version is in production', async () => void (await mkdir(join(models, 'tiny'), { recursive: true }))],
  [
    'the aliases are garbage',
    async () => {
      await publishTiny(openRegistry(join(models, 'tiny')));
      await writeFile(join(models, 'tiny/aliases.json'), 'garbage');
    },
  ],
  [
    'the aliases are a folder',
    async () => void (await mkdir(join(models, 'tiny/aliases.json'), { recursive: true })),
  ],
  [
    'the version is not there',
    async () => {
      await mkdir(join(models, 'tiny'), { recursive: true });
      await setAlias(openRegistry(join(models, 'tiny')), '1-0000000');
    },
  ],
  [
    'the version is no folder',
    async () => {
      await mkdir(join(models, 'tiny'), { recursive: true });
      await writeFile(join(models, 'tiny/1-0000000'), '');
      await setAlias(openRegistry(join(models, 'tiny')), '1-0000000');
    },
  ],
];

test.each(faults)('where %s, no answer tells where the server keeps its files', async (_, make) => {
  await make();
  app = await buildApp({ models });
  for (const [method, url] of routes) {
    const { body } = await app.inject({ method, url, ...(method === 'POST' && { payload: {} }) });
    expect(`${url} ${body}`).not.toContain('a server of ours');
    expect(`${url} ${body}`).not.toContain(tmpdir());
  }
});

test('the log tells it', async () => {
  let log = '';
  app = await buildApp({ models, logger: pino({}, { write: (line) => (log += line) }) });
  expect(log).toContain(`"reason":"there is no folder ${models}"`);
});

test('nor does a container of SageMaker', async () => {
  await mkdir(models);
  for (const folder of [models, join(models, 'none')]) {
    app = await buildApp({ models: folder, serving: serveBare(folder) });
    const { body, statusCode } = await app.inject({ method: 'POST', url: '/invocations', payload: {} });
    expect(statusCode).toBe(503);
    expect(body).not.toContain('a server of ours');
    await app.close();
  }
});

test.each([
  ['/srv/our models has no model', 'our models has no model'],
  ['/srv/our models/heart/aliases.json cannot be used', 'our models/heart/aliases.json cannot be used'],
  ["Cannot find module '/app/api/dist/load.mjs'", "Cannot find module 'load.mjs'"],
  ['file:///app/api/main.mjs:3 failed', 'main.mjs:3 failed'],
  ['C:\\hearth\\api\\main.mjs failed', 'main.mjs failed'],
  ['golden row 0: /x is required', 'golden row 0: /x is required'],
  ['read https://example.org/a/b and models/heart/x', 'read https://example.org/a/b and models/heart/x'],
])('%j is told as %j', (text, told) => {
  expect(withoutPaths(text, '/srv/our models')).toBe(told);
});
