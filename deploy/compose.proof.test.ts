import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selfSign } from './certificate.ts';
import { docker, dockerEnvironment } from './docker.ts';
import { buildImages, removeImages } from './images/built-once.ts';
import { copyProject, findPlace, type Project, type Stack, startStack } from './stack.ts';
import { steadyLoad } from './steady-load.ts';

const tag = `compose-${process.pid}`;
let project: Project;
let stack: Stack;
let env: NodeJS.ProcessEnv;
/** The version that is promoted on this host while Compose serves; the release has another one in production. */
let promoted: string;

beforeAll(async () => {
  await buildImages(tag);
  project = await copyProject();
  const place = await findPlace(tag, project.folder);
  stack = await startStack(place);
  const models = path.join(project.folder, 'models/heart');
  const { production } = JSON.parse(readFileSync(path.join(models, 'aliases.json'), 'utf8'));
  promoted = readdirSync(models).find((name) => /^\d+-/.test(name) && name !== production) as string;
  await stack.compose('run', '--rm', '-T', 'hearth', 'promote', promoted, '--force', '--reason', 'a test');
  env = {
    ...dockerEnvironment,
    HEARTH_HOME: path.join(project.folder, 'home'),
    COMPOSE_PROJECT_NAME: place.name, // as if the folder of the checkout had the same name as HEARTH_HOME
    HEARTH_TAG: tag,
    HEARTH_PORT: String(place.port),
    HEARTH_HTTPS_PORT: String(place.httpsPort),
  };
}, 400_000);

const labelled = async (label: string) => {
  const ids = await docker('ps', '--all', '--quiet', '--no-trunc', '--filter', `label=${label}`);
  return ids.split('\n').filter(Boolean);
};
const ofRollout = (service: string) =>
  labelled(`hearth.project=${env.COMPOSE_PROJECT_NAME}`).then(async (ids) => {
    const services = ids.map((id) =>
      docker('inspect', '--format', '{{index .Config.Labels "hearth.service"}}', id),
    );
    return (await Promise.all(services)).flatMap((each, i) => (each === service ? ids[i] : []));
  });

afterAll(async () => {
  const containers = await labelled(`hearth.project=${env?.COMPOSE_PROJECT_NAME}`);
  if (containers.length > 0) await docker('rm', '--force', ...containers);
  await docker(
    'network',
    'prune',
    '--force',
    '--filter',
    `label=hearth.project=${env?.COMPOSE_PROJECT_NAME}`,
  );
  await stack?.down();
  await project?.remove();
  await removeImages(tag);
}, 120_000);

async function rollout(settings: NodeJS.ProcessEnv = {}): Promise<{ code: number; said: string }> {
  const child = spawn(path.join(import.meta.dirname, 'rollout'), { env: { ...env, ...settings } });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, said: out + errors };
}

/** Load that accepts only answers of the version that was promoted on this host. */
const visitors = () =>
  steadyLoad(
    stack.url,
    [
      {
        path: '/predict',
        body: '{"age":54}',
        expect: (answer) => JSON.parse(answer).model.version === promoted,
      },
      { path: '/', expect: (page) => page.includes('<html') },
    ],
    50,
  );

/** The reason of each failure, without the path. */
const kinds = (failures: Record<string, number>) => [
  ...new Set(Object.keys(failures).map((each) => each.split(': ')[1])),
];

const address = (container: string) =>
  docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', container);

test('the gateway of Compose stays if the new one cannot be started', async () => {
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const certificates = path.join(env.HEARTH_HOME as string, 'deploy/gateway/certificates');
  selfSign(path.join(certificates, 'hearth.pem')); // without a certificate the port is not needed
  const { code, said } = await rollout({ HEARTH_HTTPS_PORT: String(port) });
  taken.close();
  rmSync(certificates, { recursive: true });
  expect(said).toContain('the container of gateway could not be started');
  expect(code).toBe(1);
  const load = visitors();
  expect(await ofRollout('api')).toEqual([]);
  expect((await load.stop()).failures).toEqual({});
}, 120_000);

test('a rollout takes over models and port from Compose', async () => {
  const load = visitors();
  const { code, said } = await rollout();
  const { failures } = await load.stop();
  expect(said).toContain('taking');
  expect(code, said).toBe(0);
  // while the port is handed over; no answer is wrong
  for (const kind of kinds(failures)) expect(kind).toMatch(/^(ECONNREFUSED|ECONNRESET|socket hang up)$/);
  const left = await labelled(`com.docker.compose.project=${env.COMPOSE_PROJECT_NAME}`);
  expect(left).toEqual([]);
}, 120_000);

test('the next rollout finds everything up to date', async () => {
  const load = visitors();
  const { code, said } = await rollout();
  expect((await load.stop()).failures).toEqual({});
  expect(code, said).toBe(0);
  expect(said).toContain('api: 2 of 2 instances already run this release');
}, 120_000);

test('docker compose up next to a rollout fails because the port is in use, and its containers are not in the pool', async () => {
  const load = visitors();
  await expect(stack.compose('up', '--no-build', '--detach')).rejects.toThrow(/port is already allocated/);
  const [gateway] = await ofRollout('gateway');
  const servers = await docker('exec', gateway, 'wget', '-q', '-O', '-', 'http://127.0.0.1:8081/servers;csv');
  for (const instance of [...(await ofRollout('api')), ...(await ofRollout('web'))])
    expect(servers).toContain(`${await address(instance)}:`);
  for (const service of ['api', 'web'])
    expect(servers).not.toContain(`${await address(stack.container(service))}:`);
  await stack.down();
  expect((await load.stop()).failures).toEqual({});
}, 120_000);
