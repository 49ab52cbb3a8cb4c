import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, until } from './stack.ts';
import { steadyLoad } from './steady-load.ts';

const exec = promisify(execFile);
const root = path.join(import.meta.dirname, '..');
const name = `hearth-proof-${process.pid}`;
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `/usr/bin:${process.env.PATH}`, // Debian's client first: a newer one elsewhere may lack the buildx plugin
  DOCKER_BUILDKIT: '1',
  HEARTH_TAG: `${name}-1`,
  GATEWAY_CONFIG: name,
};
const docker = async (...args: string[]) => (await exec('docker', args, { cwd: root, env })).stdout.trim();
let url: string;
let wasSwarm: boolean;

/** An image of the API like the first, with one more line. */
async function imageWith(line: string, tag: string): Promise<string> {
  const input = `FROM hearth-api:${name}-1\n${line}\n`;
  execFileSync('docker', ['build', '--quiet', '--tag', `hearth-api:${tag}`, '-'], { input, env });
  return `hearth-api:${tag}`;
}

/** The images of the running tasks of the API. */
async function running(): Promise<string[]> {
  const tasks = await docker('service', 'ps', `${name}_api`, '--format', '{{.Image}} {{.CurrentState}}');
  return tasks.split('\n').flatMap((task) => (/ Running /.test(task) ? [task.split(' ')[0]] : []));
}

const updateState = () =>
  docker('service', 'inspect', `${name}_api`, '--format', '{{with .UpdateStatus}}{{.State}}{{end}}');

beforeAll(async () => {
  wasSwarm = (await docker('info', '--format', '{{.Swarm.LocalNodeState}}')) === 'active';
  if (!wasSwarm) await docker('swarm', 'init', '--advertise-addr', '127.0.0.1');
  const port = await freePort();
  env.HEARTH_PORT = String(port);
  url = `http://127.0.0.1:${port}`;
  for (const what of ['api', 'web'])
    await docker(
      'build',
      '--quiet',
      '--file',
      `Dockerfile.${what}`,
      '--tag',
      `hearth-${what}:${name}-1`,
      '.',
    );
  await docker('stack', 'deploy', '--compose-file', 'deploy/swarm.yml', name);
  await until(
    () =>
      fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  );
  await until(async () => (await running()).length === 2, 60_000);
}, 400_000);

afterAll(async () => {
  await docker('stack', 'rm', name);
  const containers = () =>
    docker('ps', '--all', '--quiet', '--filter', `label=com.docker.stack.namespace=${name}`);
  await until(async () => (await containers()) === '', 60_000);
  const images = await docker(
    'images',
    '--format',
    '{{.Repository}}:{{.Tag}}',
    '--filter',
    `reference=*:${name}-*`,
  );
  await docker('rmi', '--force', ...images.split('\n'));
  if (!wasSwarm) await docker('swarm', 'leave', '--force');
}, 120_000);

/** Runs an action under load. @returns the failures of the load */
async function underLoad(change: () => Promise<void>): Promise<Record<string, number>> {
  const expected = await (await ask('{"age":54}')).text();
  const load = steadyLoad(
    url,
    [
      { path: '/predict', body: '{"age":54}', expect: (text) => text === expected },
      { path: '/', expect: (text) => text.includes('<html') },
    ],
    100,
  );
  await change();
  const { requests, failures } = await load.stop();
  expect(requests).toBeGreaterThan(1000);
  return failures;
}

const ask = (body: string) =>
  fetch(`${url}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('two replicas are replaced one at a time, and no request is lost', async () => {
  const image = await imageWith('LABEL change=good', `${name}-2`);
  const failures = await underLoad(async () => {
    await docker('service', 'update', '--detach', '--quiet', '--image', image, `${name}_api`);
    await until(async () => (await updateState()) === 'completed', 180_000);
  });
  expect(failures).toEqual({});
  expect(await running()).toEqual([image, image]);
}, 240_000);

test('an image that never becomes healthy is rolled back and never answers', async () => {
  const before = await running();
  const image = await imageWith('ENV MODELS=/nowhere', `${name}-3`);
  const failures = await underLoad(async () => {
    await docker('service', 'update', '--detach', '--quiet', '--image', image, `${name}_api`);
    await until(async () => (await updateState()) === 'rollback_completed', 180_000);
  });
  expect(failures).toEqual({});
  expect(await running()).toEqual(before);
}, 240_000);
