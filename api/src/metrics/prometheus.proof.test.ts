import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder, publishTiny, until } from '../../testing/models.ts';
import { buildApp } from '../app.ts';

const isInstalled = !spawnSync('prometheus', ['--version']).error;
const monitoring = join(import.meta.dirname, '../../../deploy/monitoring');
let models: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let folder: string;
let prometheus: ChildProcess | undefined;
let address = '';

beforeAll(async () => {
  if (!isInstalled) return;
  models = await modelsFolder();
  await models.registry.promote(await publishTiny(models.registry));
  app = await buildApp({ models: models.models });
  const { host } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  folder = await mkdtemp(join(tmpdir(), 'hearth-prometheus-'));
  const config = { job_name: 'hearth', scrape_interval: '1s', static_configs: [{ targets: [host] }] };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify({ scrape_configs: [config] }));
  address = `127.0.0.1:${await freePort()}`;
  prometheus = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ],
    { stdio: 'ignore' },
  );
}, 60_000);

afterAll(async () => {
  if (prometheus) {
    prometheus.kill('SIGKILL');
    await once(prometheus, 'exit');
  }
  await app?.close();
  await models?.remove();
  if (folder) await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** What Prometheus answers to a query, or nothing while it is not up. */
async function ask(
  expression: string,
): Promise<{ metric: Record<string, string>; value: [number, string] }[]> {
  const url = `http://${address}/api/v1/query?query=${encodeURIComponent(expression)}`;
  const answer = await fetch(url).catch(() => undefined);
  if (!answer?.ok) return [];
  const { data } = (await answer.json()) as { data: { result: [] } };
  return data.result;
}

test('a real Prometheus scrapes what every panel and every alert asks for', async () => {
  if (!isInstalled && process.env.CI !== 'true') {
    console.log('Prometheus is not installed: nothing scrapes the metrics (apt install prometheus)');
    return;
  }
  expect(isInstalled).toBe(true);
  await app.inject({ method: 'POST', url: '/predict', payload: [{ age: 60 }, { age: 20 }] });
  await until(async () => (await ask('hearth_predictions_total{outcome="likely"} > 0')).length === 1, 30_000);
  expect(await ask('up{job="hearth"}')).toMatchObject([{ value: [expect.any(Number), '1'] }]);
  expect(await ask('hearth_model_info')).toMatchObject([{ metric: { name: 'tiny' } }]);
  const used = `${await readFile(join(monitoring, 'dashboard.json'))}${await readFile(join(monitoring, 'alerts.yml'))}`;
  const named = new Set(used.match(/\b(hearth|nodejs|process)_\w+\b/g));
  expect(named.size).toBeGreaterThan(10);
  for (const name of named) {
    if (name === 'hearth_model_refusals_total') continue; // has no series before the first refusal
    if (name.startsWith('hearth_certificate_')) continue; // is the gateway's
    expect(await ask(name), name).not.toEqual([]);
  }
}, 60_000);

test('every query of the dashboard is one that Prometheus understands', async () => {
  if (!isInstalled) return; // said above
  const { panels } = JSON.parse(await readFile(join(monitoring, 'dashboard.json'), 'utf8'));
  const queries: string[] = panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
    targets.map(({ expr }) => expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '1m')),
  );
  for (const query of queries) {
    const url = `http://${address}/api/v1/query?query=${encodeURIComponent(query)}`;
    const answer = (await (await fetch(url)).json()) as { status: string; error?: string };
    expect([query, answer.status, answer.error]).toEqual([query, 'success', undefined]);
  }
});
