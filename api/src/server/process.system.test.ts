import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { until } from '../../testing/models.ts';
import { address, endAll, predict, start } from '../../testing/process.ts';

afterEach(endAll);

/** Sends all of a request but the end of its body; `answer` comes when that has been sent too. */
async function slowRequest(base: string) {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk)).on('close', () => resolve(text));
  });
  socket.on('error', () => {}); // the server may cut it off
  socket.write(
    'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{',
  );
  await once(socket, 'connect');
  return { socket, answer };
}

test('told to stop, it is not ready at once, serves on for a while without keeping connections, and ends', async () => {
  const server = start({ DRAIN_SECONDS: '0.5' });
  const base = await address(server);
  expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  const began = performance.now();
  server.child.kill('SIGTERM');
  await until(async () => (await fetch(`${base}/health/ready`)).status === 503, 400);
  expect((await fetch(`${base}/health/live`)).status).toBe(200);
  const answer = await predict(base, '{"age":54}');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('connection')).toBe('close');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
  expect(performance.now() - began).toBeGreaterThanOrEqual(500);
});

test('what runs when it stops is finished', async () => {
  const server = start({});
  const base = await address(server);
  const { socket, answer } = await slowRequest(base);
  server.child.kill('SIGTERM');
  await until(() => server.output.includes('stopping'), 2000);
  socket.end('"age":54}');
  expect(await answer).toContain('200 OK');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
});

test('a connection on which nothing is sent does not hold it up', async () => {
  const server = start({ STOP_SECONDS: '60' });
  const { hostname, port } = new URL(await address(server));
  const silent = connect(Number(port), hostname).on('error', () => {}); // it is reset
  await once(silent, 'connect');
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
});

test('what does not come to an end is cut off at the limit', async () => {
  const server = start({ STOP_SECONDS: '0.3' });
  const { socket } = await slowRequest(await address(server));
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
  expect(server.output).toContain('stopped at the time limit, with requests unfinished');
  socket.destroy();
});

test('a second signal ends it at once', async () => {
  const server = start({ DRAIN_SECONDS: '20' });
  await address(server);
  server.child.kill('SIGTERM');
  await until(() => server.output.includes('stopping'), 2000);
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(143);
});

test('SIGTERM ends it with exit code 0; its log is JSON and has no values of requests', async () => {
  const server = start({});
  const base = await address(server);
  await predict(base, '{"age": 61, "chol": 8888}');
  await predict(base, '{"age": "Maria da Silva"}');
  await predict(base, 'Maria');
  await fetch(`${base}/health?name=Maria`);
  server.child.kill('SIGTERM');
  expect(await once(server.child, 'exit')).toEqual([0, null]);
  const lines = server.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === 'answered').map(({ status }) => status)).toEqual([
    422, 422, 400, 200,
  ]);
  expect(server.output).not.toMatch(/Maria|8888/);
});

test('a port in use is said in one line', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const server = start({ PORT: String(port), LOG_LEVEL: 'silent' });
  const [code] = await once(server.child, 'close');
  other.close();
  expect(code).toBe(1);
  expect(server.output).toBe(
    `hearth: port ${port} is in use by another program; choose another one, such as PORT=${port + 1} (hearth serve --port ${port + 1})\n`,
  );
});

test('a folder of models that does not exist ends the start with one line', async () => {
  const server = start({ MODELS: '/nowhere' });
  const [code] = await once(server.child, 'close');
  expect(code).toBe(1);
  expect(server.output).toBe(
    'hearth: MODELS is "/nowhere", which is not a folder; name the folder with the models\n',
  );
});

test.skipIf(spawnSync('script', ['--version']).error)('on a terminal the log is for people', async () => {
  const command = `exec ${process.execPath} --experimental-strip-types --disable-warning=ExperimentalWarning api/src/main.ts`;
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', MODELS: 'models', NO_COLOR: '1' };
  const cwd = join(import.meta.dirname, '../../..');
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  terminal.stdout.on('data', (chunk) => (output += chunk));
  await until(() => output.includes('Server listening'), 10_000);
  terminal.stdin.write('\x03');
  await once(terminal, 'exit');
  expect(output).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: a model serves \{"version":/m);
});

test('a setting that cannot be used is said in one line', async () => {
  const server = start({ PORT: 'many' });
  const [code] = await once(server.child, 'close');
  expect(code).toBe(1);
  expect(server.output).toBe('hearth: PORT is "many"; it takes a whole number from 0 to 65535\n');
});

test('a server whose log nobody reads any more ends as well', async () => {
  const server = start({});
  await address(server);
  server.child.stdout.destroy();
  server.child.kill('SIGTERM');
  expect(await once(server.child, 'exit')).toEqual([0, null]);
});
