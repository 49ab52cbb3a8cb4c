import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPackage } from './build.ts';
import type { Row } from './predictor/index.ts';
import { packFolder } from './tarball.ts';

/** `hearth/predictor` in real environments, on the golden rows of the model in production. */
const repository = join(import.meta.dirname, '../..');
const version = 'models/heart/2-ea09fb3';
const types = { mjs: 'text/javascript', json: 'application/json', html: 'text/html' } as Record<
  string,
  string
>;

/** Runs in each environment: the answers to rows alone and in a list, and their contributions. */
async function answers(predictor: typeof import('./predictor/index.ts'), from: string, rows: Row[]) {
  const model = await predictor.load(from);
  const explained = await Promise.all(rows.map((row) => model.explain(row)));
  const all = [model.predict(rows), rows.map((row) => model.predict(row))];
  return JSON.stringify({ answers: all, contributions: explained.map(({ contributions }) => contributions) });
}

let folder: string;
let server: Server;
let rows: Row[];
let expected: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-predictor-'));
  await buildPackage(join(folder, 'package'));
  const tarball = packFolder(join(folder, 'package'), folder);
  const packages = [tarball, 'deno@2.9.6', 'bun@1.4.5'];
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, ...packages]);
  await mkdir(join(folder, version), { recursive: true });
  for (const file of ['model.json', 'forest.safetensors', 'spread.safetensors'])
    await copyFile(join(repository, version, file), join(folder, version, file));
  await writeFile(join(folder, 'answers.mjs'), `export const answers = ${answers};`);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>predictor</title>');
  const manifest = JSON.parse(await readFile(join(folder, version, 'model.json'), 'utf8'));
  rows = manifest.golden.map(({ row }: { row: Row }) => row);
  await writeFile(join(folder, 'rows.json'), JSON.stringify(rows));
  await writeFile(
    join(folder, 'main.mjs'),
    `import * as predictor from 'hearth/predictor';
import rows from './rows.json' with { type: 'json' };
import { answers } from './answers.mjs';
console.log(await answers(predictor, '${version}', rows));`,
  );
  expected = await answers(
    await import(join(folder, 'package/predictor/predictor.mjs')),
    join(folder, version),
    rows,
  );
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    response.setHeader('content-type', types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
    createReadStream(join(folder, path))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  }).listen(0, '127.0.0.1');
}, 300_000);
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const printedBy = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { cwd: folder, encoding: 'utf8' }).trim();

/** The numbers of a text of JSON. */
const numbersOf = (text: string): number[] => text.match(/-?\d+(\.\d+)?(e[+-]?\d+)?/g)?.map(Number) ?? [];

/** Engines have their own exp, ln and tanh, which differ in the last bits; the sums below them do not. */
function compare(environment: string, text: string): void {
  const [ours, theirs] = [expected, text].map((each) => JSON.parse(each));
  expect(theirs.contributions).toEqual(ours.contributions);
  const [mine, other] = [ours.answers, theirs.answers].map((each) => numbersOf(JSON.stringify(each)));
  expect(other).toHaveLength(mine.length);
  const apart = Math.max(
    ...mine.map((number, i) => Math.abs(number - other[i]) / Math.max(1, Math.abs(number))),
  );
  console.log(`${environment}: contributions to the bit, answers at most ${apart} apart`);
  expect(apart).toBeLessThan(1e-12);
}

test('Node gives the answers of the API to the bit', () => {
  expect(printedBy(process.execPath, 'main.mjs')).toBe(expected);
}, 60_000);

test('Deno and Bun give the same sums to the bit', () => {
  compare('Deno', printedBy(join(folder, 'node_modules/.bin/deno'), 'run', '--allow-read', 'main.mjs'));
  compare('Bun', printedBy(join(folder, 'node_modules/.bin/bun'), 'main.mjs'));
}, 60_000);

test('a page in Chromium and its worker give the same sums to the bit', async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/index.html`);
    const script = `
      const predictor = await import('/package/predictor/predictor.mjs');
      const { answers } = await import('/answers.mjs');
      const rows = await (await fetch('/rows.json')).json();`;
    const onPage = await page.evaluate(
      `(async () => { ${script} return answers(predictor, '${version}', rows); })()`,
    );
    compare('Chromium', onPage as string);
    const inWorker = await page.evaluate(`new Promise((resolve, reject) => {
      const text = ${JSON.stringify(script.replaceAll("'/", "self.origin + '/"))} + "postMessage(await answers(predictor, self.origin + '/${version}', rows));";
      const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })), { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = reject;
    })`);
    compare('a worker in Chromium', inWorker as string);
  } finally {
    await browser.close();
  }
}, 60_000);

test('the types of the package and of a model hold what a program may write', async () => {
  const program = [process.execPath, join(repository, 'training/src/cli/main.ts')];
  const written = execFileSync(
    program[0],
    [program[1], 'types', '2', '--models', join(repository, 'models')],
    { encoding: 'utf8' },
  );
  await writeFile(join(folder, 'heart.d.ts'), written);
  await writeFile(
    join(folder, 'typed.mts'),
    `import { load, type Predictor, RowError } from 'hearth/predictor';
import type { Heart } from './heart.d.ts';
const heart: Predictor<Heart> = await load<Heart>('${version}');
const answer = heart.predict({ age: 54, sex: 'male', ca: null });
export const chance: number = answer.probability + answer.interval.low;
export const names: string[] = heart.predict([{ age: 54 }]).map(({ model }) => model.version);
export const added: number = (await heart.explain({})).contributions.values.age;
export const isFault = (error: unknown) => error instanceof RowError && error.faults[0].pointer;
// @ts-expect-error no such column
heart.predict({ agee: 54 });
// @ts-expect-error no such category
heart.predict({ sex: 'x' });
// @ts-expect-error values are not converted
heart.predict({ age: '54' });
// @ts-expect-error a model of one probability has no value
answer.value.toFixed();
`,
  );
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024,dom',
  ];
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, 'typed.mts'], {
    encoding: 'utf8',
    cwd: folder,
  });
  expect(stdout).toBe('');
}, 60_000);
