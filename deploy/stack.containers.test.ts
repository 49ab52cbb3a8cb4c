import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { crash, docker } from './docker.ts';
import { stackAt, until } from './stack.ts';
import { steadyLoad } from './steady-load.ts';

interface BatchBody {
  predictions: { probability: number }[];
  model: { version: string };
}

const stack = stackAt(inject('place'));

const ask = (url: string, body: string) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** The answer of the gateway to a row, or to rows. */
async function predict<Body>(body: unknown): Promise<Body> {
  return (await ask(`${stack.url}/predict`, JSON.stringify(body))).json() as Promise<Body>;
}

/** The artifact in production, read from models/. */
function production() {
  const folder = path.join(stack.folder, 'models/heart');
  const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  const version: string = read('aliases.json').production;
  const golden: { row: object; answer: number }[] = read(`${version}/model.json`).golden;
  return { version, golden };
}

test('the gateway serves the page', async () => {
  const page = await fetch(stack.url);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  const html = await page.text();
  const script = html.match(/src="\.?(\/assets\/[^"]+\.js)"/)?.[1];
  expect((await fetch(`${stack.url}${script}`)).status).toBe(200);
});

test('the gateway sends /health and /model to the API', async () => {
  for (const route of ['/health', '/model']) {
    const answer = await fetch(`${stack.url}${route}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
  }
});

test('predictions through the gateway equal those of the artifact in production', async () => {
  const { version, golden } = production();
  const { predictions, model } = await predict<BatchBody>(golden.map(({ row }) => row));
  expect(model.version).toBe(version);
  expect(predictions).toHaveLength(golden.length);
  for (const [i, { answer }] of golden.entries()) {
    expect(predictions[i]?.probability).toBeCloseTo(answer, 12);
  }
});

test('age 54 gets the same answer through the gateway and from the API directly', async () => {
  const address = await docker(
    'inspect',
    '--format',
    '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
    stack.container('api'),
  );
  const direct = await ask(`http://${address}:3000/predict`, '{"age":54}');
  // each request has an id of its own
  const answer = (await direct.json()) as object;
  expect(await predict({ age: 54 })).toEqual({ ...answer, id: expect.any(String) });
});

test('a row with a fault gets a problem that names the fault, through the gateway too', async () => {
  const answer = await ask(`${stack.url}/predict`, '{"age":"54"}');
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/age' }] });
});

test('the gateway does not pass on the metrics', async () => {
  expect((await fetch(`${stack.url}/metrics`)).status).toBe(404);
});

test.each(['gateway', 'api', 'web'])('%s has limits of memory, rights and log size', async (service) => {
  const inspected = await docker('inspect', '--format', '{{json .HostConfig}}', stack.container(service));
  expect(JSON.parse(inspected)).toMatchObject({
    Memory: ({ gateway: 1200, api: 512, web: 256 }[service] as number) * 2 ** 20,
    CapDrop: ['ALL'],
    CapAdd: null,
    ReadonlyRootfs: true,
    SecurityOpt: ['no-new-privileges:true'],
    RestartPolicy: { Name: 'unless-stopped' },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
  });
});

test.each(['api', 'web'])(
  '%s runs as an unprivileged user, without a shell, on a read-only file system',
  async (service) => {
    const container = stack.container(service);
    const node = (script: string) => docker('exec', container, '/nodejs/bin/node', '-p', script);
    expect(await node('process.getuid()')).toBe('65532');
    await expect(docker('exec', container, '/bin/sh', '-c', 'true')).rejects.toThrow();
    await expect(node('fs.writeFileSync("/hearth/x", "")')).rejects.toThrow(/EROFS/);
  },
);

/** Whether the gateway reports both instances of API and page as up, in six backends. */
const allUp = () =>
  until(async () => {
    const servers = ['wget', '-q', '-O', '-', 'http://127.0.0.1:8081/servers;csv'];
    const csv = await docker('exec', stack.container('gateway'), ...servers);
    return (
      (csv.match(/^(?:predictions|streams|api|grpc|grpc-streams|web),(?:api|web)\d+,.*,UP,/gm) ?? [])
        .length === 12
    );
  }, 30_000);

/** A new connection for each request: HAProxy can close a used connection without an answer, and the client has to repeat the request. */
const silent = () => false;

test('an API that crashes is restarted', async () => {
  const container = stack.container('api');
  const restarts = async () => Number(await docker('inspect', '--format', '{{.RestartCount}}', container));
  const before = await restarts();
  await crash(container);
  await until(async () => (await restarts()) === before + 1, 20_000);
  await until(() => ask(`${stack.url}/predict`, '{"age":54}').then(({ ok }) => ok, silent), 20_000);
});

test('no request is lost when one of the two instances of API or page is killed', async () => {
  await allUp();
  const questions = [
    { path: '/predict', body: '{"age":54}', expect: (answer: string) => answer.includes('probability') },
    { path: '/', expect: (page: string) => page.includes('<html') },
  ];
  const load = steadyLoad(stack.url, questions, 50);
  for (const service of ['api', 'web']) {
    for (const number of [1, 2] as const) {
      const container = stack.container(service, number);
      const state = (field: string) => docker('inspect', '--format', `{{.${field}}}`, container);
      const restarts = Number(await state('RestartCount'));
      await crash(container);
      // the gateway reports it as up until the next check
      const isBack = async () =>
        Number(await state('RestartCount')) > restarts && (await state('State.Health.Status')) === 'healthy';
      await until(isBack, 30_000);
      await allUp();
    }
  }
  const { requests, failures } = await load.stop();
  // a request that is shed, because the machine is busy, is not lost
  expect(Object.keys(failures).filter((failure) => !failure.includes('problems/overloaded'))).toEqual([]);
  expect(requests).toBeGreaterThan(200);
}, 120_000);

test('the APIs stop cleanly on SIGTERM, and the gateway answers with a problem while there is none', async () => {
  const containers = [stack.container('api', 1), stack.container('api', 2)];
  await docker('stop', '--time', '10', ...containers);
  for (const container of containers)
    expect(await docker('inspect', '--format', '{{.State.ExitCode}}', container)).toBe('0');

  const says503 = () =>
    ask(`${stack.url}/predict`, '{"age":54}').then(({ status }) => status === 503, silent);
  await until(says503, 10_000);
  const answer = await ask(`${stack.url}/predict`, '{"age":54}');
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  await docker('start', ...containers);
  await until(() => ask(`${stack.url}/predict`, '{"age":54}').then(({ ok }) => ok, silent), 20_000);
});
