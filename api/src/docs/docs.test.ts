import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, tinyApp } from '../../testing/serve.ts';
import { defaultSafety } from '../safety/index.ts';
import { readConfig } from '../server/config.ts';
import { problems, problemType } from '../server/problems.ts';
import { shellWord } from './examples.ts';

const run = promisify(execFile);
let tiny: Awaited<ReturnType<typeof tinyApp>>;
let origin: string;

beforeAll(async () => {
  tiny = await tinyApp();
  origin = `http://127.0.0.1:${await listen(tiny.app)}`;
});
afterAll(() => tiny.close());

const characters: Record<string, string> = { '&#x26;': '&', '&#x3C;': '<', '&gt;': '>' };
const unescaped = (html: string): string =>
  html.replace(/&[^;]+;/g, (entity) => characters[entity] ?? entity);

test('every curl line of the page works', async () => {
  const page = await (await fetch(`${origin}/docs`)).text();
  const lines = [...page.matchAll(/<code class="curl">(.*?)<\/code>/gs)].map(([, line]) => unescaped(line));
  const answers = await Promise.all(lines.map(async (line) => (await run('sh', ['-c', line])).stdout));
  expect(answers).toHaveLength(7);
  const [one, explained, batch, ndjson, csv, v2, sagemaker] = answers;
  expect(JSON.parse(one).probability).toBeGreaterThan(0);
  expect(JSON.parse(explained).contributions.values).toHaveProperty('age');
  expect(JSON.parse(batch).predictions).toHaveLength(2);
  expect(ndjson.trimEnd().split('\n')).toHaveLength(2);
  expect(JSON.parse(ndjson.split('\n')[1]).probability).toBe(0.5);
  expect(csv.trimEnd().split('\n')).toHaveLength(3);
  expect(csv.split('\n')[0]).toMatch(/^probability,/);
  expect(JSON.parse(v2)).toMatchObject({ id: '42', outputs: [{ name: 'probability', shape: [1] }, {}, {}] });
  expect(
    sagemaker
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).probability),
  ).toHaveLength(2);
});

test('the page loads nothing from elsewhere, and could not', async () => {
  const response = await fetch(`${origin}/docs`);
  const page = await response.text();
  const loaded = [...page.matchAll(/(?:src|<link[^>]*href)="([^"]+)"/g)].map(([, address]) => address);
  expect(loaded).toEqual(['/docs/page.css', '/docs/page.js']);
  for (const address of loaded) expect((await fetch(`${origin}${address}`)).status).toBe(200);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(page).not.toMatch(/ style=| on[a-z]+=|<style|<script>/);
});

test('the page tells the columns, the limits and the variables that set them', async () => {
  const page = await (await fetch(`${origin}/docs`)).text();
  for (const text of [
    'Age in years',
    'female, male',
    '1048576',
    'BODY_BYTES',
    'STREAM_SECONDS',
    'Read the answers while you send',
  ])
    expect(page).toContain(text);
});

test('the page tells every variable of the environment that is read', async () => {
  const page = await (await fetch(`${origin}/docs`)).text();
  const read = new Set<string>();
  readConfig(
    new Proxy<NodeJS.ProcessEnv>(
      {},
      {
        get(_target, name) {
          read.add(String(name));
          return undefined;
        },
      },
    ),
    { port: 0, logLevel: 'info' },
  );
  expect(read.size).toBeGreaterThan(20);
  for (const name of read) expect(page).toContain(name);
});

/** The lines for a shell on the page that is asked for with these headers. */
async function curlLines(headers: Record<string, string>, app = tiny.app): Promise<string[]> {
  const page = (await app.inject({ url: '/docs', headers })).body;
  return [...page.matchAll(/<code class="curl">(.*?)<\/code>/gs)].map(([, line]) => unescaped(line));
}

const hostile = [`a';id;'`, 'a$(id)', 'a`id`', 'a b', 'a"><script>alert(1)</script>', 'a\\', 'a/../b', 'a,b'];

test.each(hostile)('the host %j is on no line of the page', async (host) => {
  const answer = await tiny.app.inject({ url: '/docs', headers: { host } });
  expect(answer.statusCode).toBe(400);
  expect(answer.body).not.toContain(host);
});

test.each(hostile.filter((host) => !host.includes(',')))(
  'a proxy that calls the server %j, by whatever protocol, is not quoted',
  async (host) => {
    const proxied = await tinyApp({ safety: { ...defaultSafety, trustProxy: ['127.0.0.1'] } });
    const lines = await curlLines(
      { host: 'inside', 'x-forwarded-host': host, 'x-forwarded-proto': host },
      proxied.app,
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain("'http://inside/");
    const named = await curlLines(
      { host: 'inside', 'x-forwarded-host': 'hearth.example.org:8443', 'x-forwarded-proto': 'https' },
      proxied.app,
    );
    for (const line of named) expect(line).toContain("'https://hearth.example.org:8443/");
    await proxied.close();
  },
);

test('whatever stands on a line for a shell is one word of it', async () => {
  const text = `it's "$(id)" \`id\` \\ ; & | \n!`;
  expect((await run('sh', ['-c', `printf %s ${shellWord(text)}`])).stdout).toBe(text);
});

test.each(Object.keys(problems) as (keyof typeof problems)[])(
  '%s has a page that explains it',
  async (code) => {
    const response = await tiny.app.inject(problemType(code));
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toContain('text/html');
    expect(response.body).toContain(`<h1>${problems[code].title}</h1>`);
  },
);

test('the type of a problem leads to its page', async () => {
  const problem = (await tiny.app.inject({ method: 'POST', url: '/predict', payload: { agee: 1 } })).json();
  expect(problem.type).toBe('/docs/problems/invalid-input');
  expect((await fetch(new URL(problem.type, origin))).status).toBe(200);
  expect((await tiny.app.inject('/docs/problems/none')).statusCode).toBe(404);
});
