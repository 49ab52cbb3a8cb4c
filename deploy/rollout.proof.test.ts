import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { docker, dockerEnvironment } from './docker.ts';
import { buildImages, removeImages } from './images/built-once.ts';
import { stagesOf } from './pipeline/stages.ts';
import { startRegistry } from './registry.ts';
import { deliverVariant } from './rehearsal/models.ts';
import { freePort } from './stack.ts';

const root = path.join(import.meta.dirname, '..');
const tag = `rollout-${process.pid}`;
const names = ['hearth-api', 'hearth-web', 'hearth'];
let folder: string;
let env: NodeJS.ProcessEnv;
let url: string;

beforeAll(() => buildImages(tag), 400_000);
afterAll(() => removeImages(tag), 120_000);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hearth-rollout-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env = {
    ...dockerEnvironment,
    HEARTH_HOME: path.join(folder, 'home'),
    COMPOSE_PROJECT_NAME: tag,
    HEARTH_TAG: `${tag}-live`,
    HEARTH_PORT: String(port),
    HEARTH_HTTPS_PORT: String(await freePort()),
    HEARTH_REPLICAS: '1',
  };
});

afterEach(async () => {
  const ours = ['--filter', `label=hearth.project=${tag}`];
  const containers = await docker('ps', '--all', '--quiet', ...ours);
  if (containers) await docker('rm', '--force', ...containers.split('\n'));
  await docker('network', 'prune', '--force', ...ours);
  await rm(folder, { recursive: true });
}, 60_000);

/** Runs a script of a checkout. @returns its output. @throws with its output when it does not end with 0 */
function script(file: string, args: string[], input?: Buffer): string {
  const { status, output } = spawnSync(file, args, { env, input, maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`exit code ${status}: ${output.join('')}`);
  return output.join('');
}
const rollout = (args: string[], { release = root, input }: { release?: string; input?: Buffer } = {}) =>
  script(path.join(release, 'deploy/rollout'), args, input);

/** The version that answers through the gateway. */
async function answering(): Promise<string> {
  const answer = await fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"age":54}',
  });
  return ((await answer.json()) as { model: { version: string } }).model.version;
}

test('a new model comes through the registry in a new image of the API, the page as it is, and is served', async () => {
  const release = path.join(folder, 'release');
  const files = 'git ls-files -z --cached --others --exclude-standard';
  execFileSync('sh', ['-c', `mkdir "${release}" && ${files} | tar -c --null -T - | tar -x -C "${release}"`], {
    cwd: root,
  });
  const images = path.join(release, 'deploy/pipeline/images.sh');
  const registry = await startRegistry();
  const named = (name: string, version: string) => `${registry.prefix}/${name}:${tag}-${version}`;
  const forget = (version: string) =>
    docker('rmi', '--force', ...names.flatMap((name) => [named(name, version), `${name}:${tag}-${version}`]));
  const id = (name: string, version: string) =>
    docker('inspect', '--format', '{{.Id}}', named(name, version));
  try {
    script(images, [registry.prefix, `${tag}-1`, stagesOf(undefined).join(' ')]);
    await forget('1');
    rollout(['--pull', registry.prefix, '--tag', `${tag}-1`], { release });

    const version = await deliverVariant(path.join(release, 'models/heart'), 0.05);
    expect(await answering()).not.toBe(version);
    const stages = stagesOf([`models/heart/${version}/model.json`]).join(' ');
    script(images, [registry.prefix, `${tag}-2`, stages, `${tag}-1`]);
    await forget('2');
    rollout(['--pull', registry.prefix, '--tag', `${tag}-2`], { release });
    expect(await answering()).toBe(version);
    const inside = ['--entrypoint=/nodejs/bin/node', named('hearth-api', '2')];
    const models = 'fs.readdirSync("/hearth/models/heart").join()';
    expect(await docker('run', '--rm', ...inside, '-p', models)).toContain(version);
    expect(await id('hearth-web', '2')).toBe(await id('hearth-web', '1'));
    await forget('1');
    await forget('2');
  } finally {
    await registry.stop();
  }
}, 300_000);

test('images come from an archive of docker save, as a file and as a stream', async () => {
  const archive = path.join(folder, 'images.tar');
  const saved = names.map((name) => `${name}:${tag}-saved`);
  const save = async () => {
    for (const name of names) await docker('tag', `${name}:${tag}`, `${name}:${tag}-saved`);
    await docker('save', '--output', archive, ...saved);
    await docker('rmi', ...saved);
  };
  await save();
  rollout(['--load', archive, '--tag', `${tag}-saved`]);
  expect(await answering()).toBeTruthy();

  const input = `FROM hearth-web:${tag}\nENV CHANGED=1\n`;
  execFileSync('docker', ['build', '--quiet', '--tag', `hearth-web:${tag}`, '-'], { input, env });
  await save();
  const stream = execFileSync('cat', [archive], { maxBuffer: 1e9 });
  const said = rollout(['--load', '-', '--tag', `${tag}-saved`], { input: stream });
  expect(said).toContain('web: 0 of 1 instances are up to date');
  expect(said).toContain('api: 1 of 1 instances are up to date');

  const nothing = Buffer.from('no archive');
  expect(() => rollout(['--load', '-'], { input: nothing })).toThrow('is no archive of docker save');
  expect(await answering()).toBeTruthy();
}, 300_000);
