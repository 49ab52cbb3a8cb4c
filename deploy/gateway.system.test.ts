import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Gateway, haproxy, startGateway } from '@hearth/bench/gateway';
import { expect, type TestContext, test } from 'vitest';
import { freePort, until } from './stack.ts';

const behindHaproxy = test.runIf(haproxy !== undefined || process.env.CI === 'true').concurrent;

/** Starts the gateway in front of one instance per listener, which answers predictions. It runs until the test ends. */
async function startBefore(
  { onTestFinished }: TestContext,
  instances: RequestListener[],
  change?: (text: string) => string,
): Promise<Gateway> {
  const servers = await Promise.all(
    instances.map(async (answer) => {
      const server = createServer((request, response) => {
        if (request.url === '/health') response.end('{}');
        else answer(request, response);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const api = servers.map((server) => (server.address() as AddressInfo).port);
  const gateway = await startGateway({ outside: await freePort(), health: await freePort(), api }, change);
  onTestFinished(async () => {
    await gateway.stop();
    for (const server of servers) server.close().closeAllConnections();
  });
  return gateway;
}

const predict = (url: string) => fetch(`${url}/predict`, { method: 'POST', body: '{}' });

/** Opens connections that ask for a prediction and then read one byte per second. @returns how many are still open */
function readSlowly({ onTestFinished }: TestContext, url: string, count: number): () => number {
  const { hostname: host, port } = new URL(url);
  let open = count;
  for (let i = 0; i < count; i++) {
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
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {}).on('close', () => open--);
    socket.write('POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}');
  }
  return () => open;
}

/** Changes a line of the configuration. @throws where the configuration has no such line */
const replacing = (line: string | RegExp, by: string) => (text: string) => {
  if (text.search(line) < 0) throw new Error(`haproxy.cfg has no ${line}`);
  return text.replaceAll(line, by);
};

behindHaproxy(
  'an instance that sheds gets a request once, and the client gets its answer',
  async (context) => {
    let requests = 0;
    const shed: RequestListener = (_request, response) => {
      requests++;
      response.writeHead(503, { 'retry-after': '1' }).end();
    };
    const { url } = await startBefore(context, [shed, shed]);
    for (const [path, type] of [
      ['/predict', 'application/json'],
      ['/predict', 'application/x-ndjson'],
      ['/models/cars/versions/1-0000000/predict', 'application/json'],
    ]) {
      requests = 0;
      const headers = { 'content-type': type };
      const answer = await fetch(url + path, { method: 'POST', headers, body: '{}' });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(requests).toBe(1);
    }
  },
);

behindHaproxy('a request that a stopping instance refuses goes to another instance', async (context) => {
  let refused = 0;
  const stops: RequestListener = (_request, response) => {
    refused++;
    response.writeHead(503).end();
  };
  const { url } = await startBefore(context, [stops, (_request, response) => response.end('answered')]);
  for (let i = 0; i < 4; i++) expect(await (await fetch(`${url}/model`)).text()).toBe('answered');
  expect(refused).toBeGreaterThan(0);
});

behindHaproxy('a prediction over which an instance dies goes to another instance', async (context) => {
  let died = 0;
  const dies: RequestListener = (request) => {
    died++;
    request.socket.resetAndDestroy();
  };
  const { url } = await startBefore(context, [dies, (_request, response) => response.end('answered')]);
  for (let i = 0; i < 4; i++) expect(await (await predict(url)).text()).toBe('answered');
  expect(died).toBeGreaterThan(0);
});

behindHaproxy('each attempt at a prediction has the same id, and a client keeps its own', async (context) => {
  const ids: unknown[] = [];
  const diesFirst: RequestListener = ({ headers, socket }, response) => {
    ids.push(headers['x-request-id']);
    if (ids.length < 2) socket.resetAndDestroy();
    else response.end('answered');
  };
  const { url } = await startBefore(context, [diesFirst, diesFirst]);
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
});

behindHaproxy(
  'a client that reads one byte per second loses its connection, while other clients are answered',
  async (context) => {
    const slow = 100;
    const large = Buffer.alloc(30_000_000, '1');
    let requests = 0;
    const { url, health } = await startBefore(
      context,
      [(_request, response) => void response.end(++requests <= slow ? large : 'answered')],
      replacing('tcp-ut 15s', 'tcp-ut 4s'), // this tests that the limit works, not its length
    );
    const stillOpen = readSlowly(context, url, slow);
    const connections = async () =>
      Number(/^outside,FRONTEND,,,(\d+),/m.exec(await (await fetch(`${health}/servers;csv`)).text())?.[1]);
    await until(async () => requests >= slow, 20_000);
    expect(await (await predict(url)).text()).toBe('answered');
    expect(stillOpen()).toBeGreaterThan(slow / 2); // all, but for a busy machine
    await until(async () => (await connections()) < 10, 20_000);
    expect(await (await predict(url)).text()).toBe('answered');
  },
  100_000,
);

/** @returns how many of 300 connections from one address the gateway keeps open */
async function openFromOneAddress(context: TestContext, change?: (text: string) => string): Promise<number> {
  const silent: RequestListener = () => {};
  const { url } = await startBefore(context, [silent], change);
  const stillOpen = readSlowly(context, url, 300);
  await until(async () => stillOpen() < 300, 2000).catch(() => {});
  await wait(500);
  return stillOpen();
}

behindHaproxy('one public address can hold a fifth of the connections', async (context) => {
  const open = await openFromOneAddress(
    context,
    replacing(/acl private src .*/g, 'acl private src 192.0.2.1'),
  );
  expect(open).toBeLessThanOrEqual(200);
  expect(open).toBeGreaterThan(190); // the checks whether the gateway is ready hold some too
});

behindHaproxy('one private address, which may stand for many clients, can hold more', async (context) => {
  expect(await openFromOneAddress(context)).toBe(300);
});

/** The environment in which start.sh starts HAProxy when there is a certificate. */
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
  'with a certificate and HEARTH_HTTPS_PORT=%s, HTTPS is %s and the redirect from HTTP ends in %s',
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
])('with HEARTH_REPLICAS=%s the gateway has %s places for each service', (replicas, slots) => {
  expect(startedWith({ HEARTH_REPLICAS: replicas }).HEARTH_SLOTS).toBe(slots);
});

behindHaproxy("the gateway's own refusals are problem+json", async (context) => {
  const { url } = await startBefore(context, [(_request, response) => response.end('{}')], (text) =>
    text.replace('timeout http-request 10s', 'timeout http-request 200ms'),
  );
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  socket.write('POST /predict HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{');
  const [answer] = await once(socket, 'data');
  socket.destroy();
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(answer).toMatch(/^content-type: application\/problem\+json\r$/m);
});

behindHaproxy('a POST to an unknown path is answered by the API', async (context) => {
  const { url } = await startBefore(context, [(_request, response) => response.end('the API')]);
  expect(await (await fetch(`${url}/predictions`, { method: 'POST', body: '{}' })).text()).toBe('the API');
});
