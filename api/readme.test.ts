import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from './src/app.ts';
import { listen } from './testing/serve.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
let app: FastifyInstance;
let readme: string;
let commands: string[];

/** Runs the line of the README that holds these words, against this server instead of the one of `npm start`. */
async function answerTo(...words: string[]): Promise<string> {
  const found = commands.filter((command) => words.every((word) => command.includes(word)));
  expect(found).toHaveLength(1);
  const address = `127.0.0.1:${new URL(app.listeningOrigin).port}`;
  return (await run('sh', ['-c', found[0].replace('localhost:4200', address)])).stdout;
}

beforeAll(async () => {
  readme = await readFile(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block);
  commands = blocks
    .flatMap((block) => block.replaceAll('\\\n', '').trimEnd().split('\n'))
    .filter((line) => line.includes('curl'));
  app = await buildApp({ models: join(root, 'models') });
  await listen(app);
});
afterAll(() => app.close());

test('the first line is answered as the README shows, by another id', async () => {
  const shown = /```json\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(JSON.parse(await answerTo('\'{"age":54}\'', 'curl -s localhost:4200/predict -H'))).toEqual({
    ...JSON.parse(shown),
    id: expect.stringMatching(/^[0-9a-f]{24}:0$/),
  });
});

test('explain=true adds what each column contributed', async () => {
  const { probability, contributions } = JSON.parse(await answerTo('explain=true'));
  const values = Object.values<number>(contributions.values);
  const sum = values.reduce((total, value) => total + value, contributions.base);
  expect(sum).toBeCloseTo(Math.log(probability / (1 - probability)), 9);
});

test('lines of JSON are answered in place, the bad one too', async () => {
  const [first, second] = (await answerTo('x-ndjson'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toHaveProperty('probability');
  expect(second).toMatchObject({ status: 422, line: 2, errors: [{ pointer: '/age' }] });
});

test('CSV with semicolons and decimal commas is answered by the same', async () => {
  const [head, ...lines] = (await answerTo('age;oldpeak')).trimEnd().split('\n');
  expect(head).toMatch(/^probability;low;high;model/);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^0,\d+;/);
});

test('the inference protocol is answered by tensors of two rows', async () => {
  const { outputs } = JSON.parse(await answerTo('/v2/models/heart/infer'));
  expect(outputs[0]).toMatchObject({ name: 'probability', shape: [2] });
});

test("SageMaker's formats are answered in kind", async () => {
  expect(JSON.parse(await answerTo('instances')).predictions).toHaveLength(2);
  expect(
    (await answerTo('jsonlines'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).probability),
  ).toHaveLength(2);
  expect(await answerTo('age,sex')).toMatch(/^probability,.*\n0\.\d+,/);
});

test('a misspelt column is refused with the nearest known one', async () => {
  const problem = JSON.parse(await answerTo('agee'));
  expect(problem.errors).toEqual([{ pointer: '/agee', detail: expect.stringContaining('"age"') }]);
});

test('no other line asks the server', () => {
  expect(commands).toHaveLength(9);
});
