import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type NetConnectOpts, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Gateway, haproxy, startGateway } from '@hearth/bench/gateway';
import { afterEach, expect, test } from 'vitest';
import { freePort, until } from './stack.ts';

const installed = haproxy !== undefined || process.env.CI === 'true';
const servers: Server[] = [];
const sockets: Socket[] = [];
let gateway: Gateway | undefined;

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await gateway?.stop();
  gateway = undefined;
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Starts the gateway before an instance for each of these, which answer predictions. @returns its URL */
async function before(instances: RequestListener[], change?: (text: string) => string): Promise<string> {
  const api = await Promise.all(
    instances.map(async (answer) => {
      const server = createServer((request, response) => {
        if (request.url === '/health') response.end('{}');
        else answer(request, response);
      }).listen(0, '127.0.0.1');
      servers.push(server);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
  gateway = await startGateway({ outside: await freePort(), health: await freePort(), api }, change);
  return gateway.url;
}

const predict = (url: string) => fetch(`${url}/predict`, { method: 'POST', body: '{}' });

/** Opens a connection that asks for a prediction and then reads a byte a second. @returns whether it is still open */
function readSlowly(url: string): () => boolean {
  const { hostname: host, port } = new URL(url);
  let open = true;
  const callback = () => {
    socket.pause();
    setTimeout(() => socket.resume(), 1000).unref();
    return false;
  };
  const options: NetConnectOpts = {
    host,
    port: Number(port),
    onread: { buffer: Buffer.alloc(1), callback },
  };
  const socket = connect(options);
  sockets.push(socket);
  socket.on('error', () => {}).on('close', () => (open = false));
  socket.write('POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}');
  return () => open;
}

const stillOpen = (connections: (() => boolean)[]) => connections.filter((isOpen) => isOpen()).length;

test.runIf(installed)('an instance that sheds is asked once, and its answer passed on', async () => {
  let asked = 0;
  const shed: RequestListener = (_request, response) => {
    asked++;
    response.writeHead(503, { 'retry-after': '1' }).end();
  };
  const url = await before([shed, shed]);
  for (const type of ['application/json', 'application/x-ndjson']) {
    asked = 0;
    const headers = { 'content-type': type };
    const answer = await fetch(`${url}/predict`, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(asked).toBe(1);
  }
});

test.runIf(installed)('what an instance that stops does not answer, another one does', async () => {
  let stopping = 0;
  const stops: RequestListener = (_request, response) => {
    stopping++;
    response.writeHead(503).end();
  };
  const url = await before([stops, (_request, response) => response.end('answered')]);
  for (let i = 0; i < 4; i++) expect(await (await fetch(`${url}/model`)).text()).toBe('answered');
  expect(stopping).toBeGreaterThan(0);
});

test.runIf(installed)('when an instance dies over a prediction, another one is asked', async () => {
  let died = 0;
  const dies: RequestListener = (request) => {
    died++;
    request.socket.resetAndDestroy();
  };
  const url = await before([dies, (_request, response) => response.end('answered')]);
  for (let i = 0; i < 4; i++) expect(await (await predict(url)).text()).toBe('answered');
  expect(died).toBeGreaterThan(0);
});

test.runIf(installed)(
  'each attempt at a prediction has the same id, and a client keeps its own',
  async () => {
    const ids: unknown[] = [];
    const diesFirst: RequestListener = ({ headers, socket }, response) => {
      ids.push(headers['x-request-id']);
      if (ids.length < 2) socket.resetAndDestroy();
      else response.end('answered');
    };
    const url = await before([diesFirst, diesFirst]);
    const attempts = async (...given: string[]) => {
      ids.length = 0;
      const headers = given.map((id): [string, string] => ['x-request-id', id]);
      await fetch(`${url}/predict`, { method: 'POST', body: '{}', headers });
      expect(ids).toEqual([ids[0], ids[0]]);
      return ids[0];
    };
    const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
    expect(await attempts()).toMatch(uuid);
    expect(await attempts('order-7/a=b')).toBe('order-7/a=b');
    expect(await attempts('two words')).toMatch(uuid);
    expect(await attempts('a'.repeat(129))).toMatch(uuid);
    expect(await attempts('one', 'two')).toMatch(uuid);
  },
);

test.runIf(installed)(
  'who reads a byte a second loses the place, while others are answered',
  async () => {
    const large = Buffer.alloc(30_000_000, '1');
    let others = false;
    const url = await before([
      (_request, response) => {
        response.end(others ? 'answered' : large);
      },
    ]);
    const slow = Array.from({ length: 200 }, () => readSlowly(url));
    await wait(2000);
    others = true;
    expect(await (await predict(url)).text()).toBe('answered');
    expect(stillOpen(slow)).toBe(200);
    const places = async () =>
      Number(
        /^outside,FRONTEND,,,(\d+),/m.exec(await (await fetch(`${gateway?.health}/servers;csv`)).text())?.[1],
      );
    expect(await places()).toBeGreaterThanOrEqual(200);
    await until(async () => (await places()) < 10, 60_000);
    expect(await (await predict(url)).text()).toBe('answered');
  },
  100_000,
);

test.runIf(installed)(
  'one address holds a fifth of the places; a private one, behind which many may be, four fifths',
  async () => {
    const silent: RequestListener = () => {};
    const open = async (url: string, count: number) => {
      const slow = Array.from({ length: count }, () => readSlowly(url));
      await until(async () => stillOpen(slow) < count, 2000).catch(() => {});
      await wait(500);
      return stillOpen(slow);
    };
    const url = await before([silent], (text) =>
      text.replace(/acl private src .*/, 'acl private src 192.0.2.1'),
    );
    const held = await open(url, 300);
    expect(held).toBeLessThanOrEqual(200);
    expect(held).toBeGreaterThan(190); // the question whether the gateway is there has one too
    await gateway?.stop();
    expect(await open(await before([silent]), 300)).toBe(300);
  },
  30_000,
);

/** The environment in which start.sh starts HAProxy, with a certificate beside its configuration. */
function startedWith(settings: NodeJS.ProcessEnv): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-start-'));
  try {
    mkdirSync(join(folder, 'certificates'));
    writeFileSync(join(folder, 'certificates/hearth.pem'), '');
    writeFileSync(join(folder, 'haproxy'), '#!/bin/sh\nenv\n', { mode: 0o755 });
    const script = readFileSync(join(import.meta.dirname, 'gateway/start.sh'), 'utf8');
    writeFileSync(join(folder, 'start.sh'), script.replace('/usr/local/etc/haproxy', folder));
    const env = { PATH: `${folder}:${process.env.PATH}`, ...settings };
    const said = execFileSync('sh', [join(folder, 'start.sh')], { env, encoding: 'utf8', stdio: 'pipe' });
    return Object.fromEntries(said.split('\n').map((line) => line.split('=') as [string, string]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ['443', 'on', undefined],
  ['8443', 'on', ':8443'],
  ['127.0.0.1:8443', 'on', ':8443'],
  ['', undefined, undefined],
  [undefined, 'on', undefined],
])(
  'a certificate and HEARTH_HTTPS_PORT=%s: HTTPS is %s, and HTTP leads there with %s',
  (port, https, suffix) => {
    const started = startedWith({ HEARTH_HTTPS_PORT: port });
    expect([started.HTTPS, started.HTTPS_SUFFIX]).toEqual([https, suffix]);
  },
);

test.each([
  [undefined, '4'],
  ['1', '4'],
  ['3', '6'],
  ['10', '20'],
])('with HEARTH_REPLICAS=%s there are %s places for each', (replicas, slots) => {
  expect(startedWith({ HEARTH_REPLICAS: replicas }).HEARTH_SLOTS).toBe(slots);
});
