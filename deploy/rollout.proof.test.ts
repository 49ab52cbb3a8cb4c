import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { askSecurely, renew, selfSign } from './certificate.ts';
import { crash, docker, dockerEnvironment } from './docker.ts';
import { buildImages, removeImages } from './images/built-once.ts';
import { stagesOf } from './pipeline/stages.ts';
import { startRegistry } from './registry.ts';
import { deliverVariant } from './rehearsal/models.ts';
import { freePort, until } from './stack.ts';
import { steadyLoad } from './steady-load.ts';

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

/** Runs a script of a checkout. @returns its output. @throws with its output unless the exit code is 0 */
async function script(file: string, args: string[], input = ''): Promise<string> {
  const child = spawn(file, args, { env });
  if (input) createReadStream(input).pipe(child.stdin);
  else child.stdin.end();
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (code !== 0) throw new Error(`exit code ${code}: ${out}${errors}`);
  return out;
}
const rollout = (args: string[], { release = root, input }: { release?: string; input?: string } = {}) =>
  script(path.join(release, 'deploy/rollout'), args, input);

/** Copies this checkout to a new folder, without its history. */
function copyRelease(): string {
  const release = path.join(folder, 'release');
  const files = 'git ls-files -z --cached --others --exclude-standard';
  const copy = `mkdir "${release}" && ${files} | tar -c --null -T - | tar -x -C "${release}"`;
  execFileSync('bash', ['-o', 'pipefail', '-c', copy], { cwd: root });
  return release;
}

/** The version that serves through the gateway. */
async function answering(): Promise<string> {
  const answer = await fetch(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"age":54}',
  });
  return ((await answer.json()) as { model: { version: string } }).model.version;
}

test('a new model arrives in a new image of the API from a registry and serves; a rollback made at night stays', async () => {
  const release = copyRelease();
  const images = path.join(release, 'deploy/pipeline/images.sh');
  const registry = await startRegistry();
  const named = (name: string, version: string) => `${registry.prefix}/${name}:${tag}-${version}`;
  const forget = (version: string) =>
    docker('rmi', '--force', ...names.flatMap((name) => [named(name, version), `${name}:${tag}-${version}`]));
  const id = (name: string, version: string) =>
    docker('inspect', '--format', '{{.Id}}', named(name, version));
  try {
    await script(images, [registry.prefix, `${tag}-1`, stagesOf(undefined).join(' ')]);
    await forget('1');
    expect(await script(images, [registry.prefix, `${tag}-1`, 'api'])).toMatch(
      /^(.*: already in the registry\n){3}$/,
    );
    await forget('1');
    await rollout(['--pull', registry.prefix, '--tag', `${tag}-1`], { release });

    const version = await deliverVariant(path.join(release, 'models/heart'), 0.05);
    expect(await answering()).not.toBe(version);
    const stages = stagesOf([`models/heart/${version}/model.json`]).join(' ');
    await script(images, [registry.prefix, `${tag}-2`, stages, `${tag}-1`]);
    await forget('2');
    await rollout(['--pull', registry.prefix, '--tag', `${tag}-2`], { release });
    expect(await answering()).toBe(version);

    // the version is rolled back at night: the same release does not promote it again
    const own = ['--user', `${process.getuid?.()}`, '--volume', `${env.HEARTH_HOME}/models:/hearth/models`];
    await docker('run', '--rm', ...own, `hearth:${env.HEARTH_TAG}`, 'rollback', '--reason', 'a test');
    const before = await until(async () => (await answering()) !== version, 10_000).then(answering);
    const said = await rollout(['--pull', registry.prefix, '--tag', `${tag}-2`], { release });
    expect(said).toContain(`models: heart stays at ${before}`);
    expect(await answering()).toBe(before);

    const inside = ['--entrypoint=/nodejs/bin/node', named('hearth-api', '2')];
    const models = 'fs.readdirSync("/hearth/models/heart").join()';
    for (const name of names) {
      // a rollout leaves no tags that are not needed
      await expect(id(name, '2')).rejects.toThrow(/No such/);
      await docker('pull', '--quiet', named(name, '2'));
    }
    expect(await docker('run', '--rm', ...inside, '-p', models)).toContain(version);
    expect(await id('hearth-web', '2')).toBe(await id('hearth-web', '1'));
    await forget('1');
    await forget('2');
  } finally {
    await registry.stop();
  }
}, 300_000);

test('a rollout loads images from an archive of docker save, as a file and as a stream', async () => {
  const archive = path.join(folder, 'images.tar');
  const saved = names.map((name) => `${name}:${tag}-saved`);
  const save = async () => {
    for (const name of names) await docker('tag', `${name}:${tag}`, `${name}:${tag}-saved`);
    await docker('save', '--output', archive, ...saved);
    await docker('rmi', ...saved);
  };
  await save();
  await rollout(['--load', archive, '--tag', `${tag}-saved`]);
  expect(await answering()).toBeTruthy();

  const input = `FROM hearth-web:${tag}\nENV CHANGED=1\n`;
  execFileSync('docker', ['build', '--quiet', '--tag', `hearth-web:${tag}`, '-'], { input, env });
  await save();
  const said = await rollout(['--load', '-', '--tag', `${tag}-saved`], { input: archive });
  expect(said).toContain('web: 0 of 1 instances already run this release');
  expect(said).toContain('api: 1 of 1 instances already run this release');

  const nothing = rollout(['--load', '-'], { input: import.meta.filename });
  await expect(nothing).rejects.toThrow('is not an archive of docker save');
  expect(await answering()).toBeTruthy();
}, 300_000);

test('with a certificate on the host all checks use HTTPS, also those of a changed gateway configuration', async () => {
  const certificate = path.join(folder, 'home/deploy/gateway/certificates/hearth.pem');
  selfSign(certificate);
  const ask = async () =>
    (await askSecurely(Number(env.HEARTH_HTTPS_PORT), certificate, '/predict', '{"age":54}')).statusCode;
  await rollout(['--tag', tag]);
  expect(await ask()).toBe(200);

  const release = copyRelease();
  await appendFile(path.join(release, 'deploy/gateway/haproxy.cfg'), '# changed\n');
  const said = await rollout(['--tag', tag], { release });
  expect(said).toContain('gateway: testing the new configuration, then reloading');
  expect(await ask()).toBe(200);

  const next = path.join(folder, 'next.pem');
  selfSign(next, 90);
  expect(await renew(tag, next)).toContain('the gateway serves hearth.pem');
  const asked = () =>
    askSecurely(Number(env.HEARTH_HTTPS_PORT), next, '/health').then(({ statusCode }) => statusCode === 200);
  expect(await asked()).toBe(true);
  const gateway = ['--filter', `label=hearth.project=${tag}`, '--filter', 'label=hearth.service=gateway'];
  await crash(await docker('ps', '--quiet', ...gateway));
  await until(() => asked().catch(() => false), 20_000);
}, 300_000);

test('ports can change, without a gap if both are free; without HTTPS, a used HTTPS port does not matter', async () => {
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  env.HEARTH_HTTPS_PORT = String((taken.address() as AddressInfo).port);
  await rollout(['--tag', tag]);
  const before = url;
  const load = steadyLoad(before, [{ path: '/health', expect: (text) => text.includes('ok') }], 50);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env.HEARTH_PORT = String(port);
  const moving = rollout(['--tag', tag]);
  await until(() => answering().then(Boolean, () => false), 60_000);
  expect((await load.stop()).failures).toEqual({});
  await moving;
  expect(await answering()).toBeTruthy();
  await expect(fetch(before)).rejects.toThrow();

  // to a port that is in use: the old port stays
  env.HEARTH_PORT = env.HEARTH_HTTPS_PORT;
  await expect(rollout(['--tag', tag])).rejects.toThrow('the container of gateway could not be started');
  expect(await answering()).toBeTruthy();
  taken.close();
}, 300_000);

test('the images of the two earlier releases are kept, and no others', async () => {
  for (const n of [1, 2, 3, 4]) {
    const input = `FROM hearth-web:${tag}\nENV CHANGED=${n}\n`;
    for (const name of names) await docker('tag', `${name}:${tag}`, `${name}:${tag}-kept`);
    execFileSync('docker', ['build', '--quiet', '--tag', `hearth-web:${tag}-kept`, '-'], { input, env });
    await rollout(['--tag', `${tag}-kept`]);
  }
  const changed = async (name: string) =>
    /CHANGED=(\d)/.exec(
      await docker('inspect', '--format', '{{.Config.Env}}', `hearth-web:${env.HEARTH_TAG}${name}`),
    )?.[1];
  expect([await changed(''), await changed('-previous'), await changed('-previous-2')]).toEqual([
    '4',
    '3',
    '2',
  ]);
  const listed = await docker(
    'images',
    '--format',
    '{{.Tag}}',
    '--filter',
    `reference=hearth-web:${env.HEARTH_TAG}*`,
  );
  expect(listed.split('\n')).toHaveLength(3);
}, 300_000);

test('a rollout that exceeds its deadline is taken back', async () => {
  await rollout(['--tag', tag]);
  const version = await answering();
  const input = `FROM hearth-api:${tag}\nENTRYPOINT ["/nodejs/bin/node", "-e", "setTimeout(() => {}, 1e9)"]\n`;
  for (const name of names) await docker('tag', `${name}:${tag}`, `${name}:${tag}-slow`);
  execFileSync('docker', ['build', '--quiet', '--tag', `hearth-api:${tag}-slow`, '-'], { input, env });
  const late = rollout(['--tag', `${tag}-slow`, '--deadline', '10']);
  await expect(late).rejects.toThrow(
    /exit code 1: .*restored the old release.*FAILED: not done within 10 s;/s,
  );
  expect(await answering()).toBe(version);
  const api = ['--filter', `label=hearth.project=${tag}`, '--filter', 'label=hearth.service=api'];
  expect((await docker('ps', '--all', '--quiet', ...api)).split('\n')).toHaveLength(1);
}, 300_000);
