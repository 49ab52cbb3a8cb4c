import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dockerEnvironment } from './docker.ts';
import { buildImages, removeImages } from './images/built-once.ts';
import { type Machine, startMachine } from './machine/machine.ts';

const tag = `send-${process.pid}`;
let machine: Machine;

beforeAll(async () => {
  await buildImages(tag);
  machine = await startMachine();
}, 400_000);

afterAll(async () => {
  await machine?.stop();
  await removeImages(tag);
}, 120_000);

/** By image: the KiB that deploy/send has sent, and the layers that the host had, as it prints them. */
type Sent = Record<string, { kib: number; there: number }>;

function send(): Sent {
  const said = execFileSync(path.join(import.meta.dirname, 'send'), [`root@${machine.address}`], {
    env: { ...dockerEnvironment, SSH: machine.ssh, HEARTH_TAG: tag },
    encoding: 'utf8',
  });
  expect(said).toContain('rollout: in production');
  const lines = said.matchAll(/^send: ([^:]+):.*: (\d+) KiB sent; .* already had (\d+) of/gm);
  return Object.fromEntries(
    [...lines].map(([, name, kib, there]) => [name, { kib: Number(kib), there: Number(there) }]),
  );
}

/** No keep-alive: sending blocks this process, so it would not notice that a kept connection was closed. */
const alone = { connection: 'close' };

/** The page itself, not one of its compressed copies. */
const page = async () =>
  (
    await fetch(`http://${machine.address}/`, { headers: { 'accept-encoding': 'identity', ...alone } })
  ).text();

test('the machine has Docker and ssh, and neither images nor Node, git or Compose', async () => {
  expect(await machine.run('docker images --quiet')).toBe('');
  for (const program of ['node --version', 'git --version', 'docker-compose version'])
    await expect(machine.run(program)).rejects.toThrow();
});

test('the first time all layers are sent, those of the base once, and page and API answer', async () => {
  const sent = send();
  console.log('KiB the first time:', sent);
  expect(Object.keys(sent).sort()).toEqual(['haproxy', 'hearth', 'hearth-api', 'hearth-web']);
  expect(sent['hearth-api'].kib).toBeGreaterThan(10_000);
  expect(sent['hearth-web'].kib).toBeLessThan(1024);
  expect(sent.hearth.kib).toBeLessThan(1024);
  expect(await page()).toContain('<html');
  const answer = await fetch(`http://${machine.address}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...alone },
    body: '{"age":54}',
  });
  expect(await answer.json()).toHaveProperty('probability');
}, 300_000);

test('the second time only the changed layer is sent, and the new page answers', async () => {
  const input = `FROM node:24-slim AS page
COPY --from=hearth-web:${tag} /hearth/dist/index.html /
RUN sed -i 's/<title>/<meta name="sent" content="twice"><title>/' /index.html
FROM hearth-web:${tag}
COPY --from=page /index.html /hearth/dist/
`;
  execFileSync('docker', ['build', '--quiet', '--tag', `hearth-web:${tag}`, '-'], {
    input,
    env: dockerEnvironment,
  });
  const sent = send();
  console.log('KiB the second time:', sent);
  expect(Object.keys(sent)).not.toContain('haproxy');
  for (const [name, { kib, there }] of Object.entries(sent)) {
    expect(kib, name).toBeLessThan(64);
    expect(there, name).toBeGreaterThan(1);
  }
  expect(await page()).toContain('content="twice"');
}, 300_000);
