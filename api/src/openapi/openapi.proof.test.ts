import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../testing/models.ts';
import { listen } from '../../testing/serve.ts';
import { buildApp } from '../app.ts';

/*
 * The OpenAPI document by the tools of others: redocly and spectral with their recommended rules, prism as a proxy between a client and the
 * server, schemathesis with 10,000 cases or HEARTH_CASES. They are installed into .hearth/openapi-tools: this needs npm, python3-venv and
 * package registries. `openapi.test.ts` compiles and runs a client made by openapi-typescript.
 */
const root = join(import.meta.dirname, '../../..');
const tools = join(root, '.hearth/openapi-tools');
const settings = join(root, 'api/testing/openapi');
const npmPackages = ['@stoplight/spectral-cli@6.16.3', '@stoplight/prism-cli@5.14.2'];
const pythonPackages = ['schemathesis==4.32.5', 'pyarrow==26.0.1', 'polars==2.1.0'];
const cases = Number(process.env.HEARTH_CASES ?? 10_000);
const minute = 60_000;

let app: FastifyInstance;
let url: string;
let folder: string;
let document: string;
let proxy: ChildProcess | undefined;

beforeAll(async () => {
  await mkdir(tools, { recursive: true });
  await install();
  app = await buildApp({ models: join(root, 'models') });
  url = `http://127.0.0.1:${await listen(app)}`;
  folder = await mkdtemp(join(tmpdir(), 'hearth-openapi-'));
  document = join(folder, 'openapi.json');
  await writeFile(document, await (await fetch(`${url}/openapi.json`)).text());
}, 20 * minute);
afterAll(async () => {
  proxy?.kill();
  await app.close();
  await rm(folder, { recursive: true });
});

/** Once for these versions. */
async function install(): Promise<void> {
  const stamp = join(tools, 'installed');
  const wanted = [...npmPackages, ...pythonPackages].join('\n');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return;
  await writeFile(join(tools, 'package.json'), '{"private":true}');
  run('npm', 'install', '--no-audit', '--no-fund', ...npmPackages);
  run('python3', '-m', 'venv', 'python');
  run(join(tools, 'python/bin/python'), '-m', 'pip', 'install', '--quiet', ...pythonPackages);
  await writeFile(stamp, wanted);
}

function run(command: string, ...args: string[]): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: tools, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error ?? stdout + stderr}`);
  return stdout;
}

const tool = (name: string): string => join(tools, 'node_modules/.bin', name);

test('redocly finds nothing, by its recommended rules', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  expect(await lintFromString({ source: await readFile(document, 'utf8'), config })).toEqual([]);
});

test(
  'spectral finds nothing, by its recommended rules',
  () => {
    const ruleset = join(settings, 'spectral.yaml');
    run(tool('spectral'), 'lint', '--ruleset', ruleset, '--fail-severity', 'hint', document);
  },
  5 * minute,
);

interface Operation {
  requestBody?: {
    content: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>;
  };
}

/** Every operation of the document with every example, and some requests with faults. */
async function* documented(): AsyncGenerator<[path: string, init: RequestInit]> {
  const { paths } = JSON.parse(await readFile(document, 'utf8'));
  for (const [template, item] of Object.entries<Record<string, Operation>>(paths)) {
    const parameters = (item.parameters ?? []) as { name: string; example: string }[];
    const path = parameters.reduce(
      (filled, { name, example }) => filled.replace(`{${name}}`, example),
      template,
    );
    if (item.get) yield [path, {}];
    for (const [type, { example, examples }] of Object.entries(item.post?.requestBody?.content ?? {}))
      for (const { value } of examples ? Object.values(examples) : [{ value: example }]) {
        if (value === undefined) continue; // Arrow, which is not text
        const body = typeof value === 'string' ? value : JSON.stringify(value);
        yield [path, { method: 'POST', headers: { 'content-type': type }, body }];
      }
  }
  const faulty = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"nothing":1}' };
  for (const path of ['/predict', '/invocations']) yield [path, faulty];
}

test(
  'prism, between a client and the server, sees no difference from the document',
  async () => {
    const port = 20_000 + (process.pid % 20_000);
    const options = ['--port', String(port), '--validate-request', 'false'];
    proxy = spawn(tool('prism'), ['proxy', document, url, ...options], { stdio: 'ignore' });
    const through = `http://127.0.0.1:${port}`;
    await until(
      () =>
        fetch(through).then(
          () => true,
          () => false,
        ),
      minute,
    );
    const asked: string[] = [];
    for await (const [path, init] of documented()) {
      const answer = await fetch(through + path, init);
      expect([path, answer.headers.get('sl-violations')]).toEqual([path, null]);
      asked.push(path);
    }
    expect(asked.length).toBeGreaterThan(30);
  },
  5 * minute,
);

test(
  `schemathesis finds nothing in ${cases} cases`,
  async () => {
    const config = join(settings, 'schemathesis.toml');
    const perOperation = String(Math.ceil(cases / 40)); // its cases of coverage are about half of all
    const schemathesis = spawn(
      join(tools, 'python/bin/schemathesis'),
      ['--config-file', config, 'run', `${url}/openapi.json`, '--max-examples', perOperation, '--no-color'],
      {
        cwd: folder,
        env: { ...process.env, PYTHONPATH: settings, HEARTH: url },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let report = '';
    for await (const chunk of schemathesis.stdout) report += chunk;
    console.log(report);
    expect(
      schemathesis.exitCode ?? (await new Promise((resolve) => schemathesis.once('exit', resolve))),
    ).toBe(0);
    expect(Number(/(\d+) generated/.exec(report)?.[1])).toBeGreaterThan(cases);
  },
  35 * minute,
);
