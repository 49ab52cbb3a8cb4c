import { createModel } from '@hearth/artifact';
import { tinyArtifactWithInterval, tinyForest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { defaultLimits, type Limits } from '../admission/index.ts';
import { createAnswerer } from '../predict/answerer.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';

const { manifest } = tinyArtifactWithInterval();
const trees = { forest: tinyForest(), spread: tinyForest() };
const answerer = createAnswerer(createModel(manifest, trees, '1-aaaaaaa'));

const answer = async (text: string, limits: Limits = defaultLimits, explain = false): Promise<unknown> =>
  JSON.parse(
    String(await json.answer(answerer, Buffer.from(text), { id: 'a', explain }, limits, 'application/json')),
  );

/** The same row, plain and in a way that only a whole parser reads. */
const plain = '{"age":90,"sex":"male","weight":70}';
const unusual = '{"\\u0061ge":90,"sex":"m\\u0061le","weight":70}';

test.each([false, true])(
  'a row that is not plain is answered as a plain one is (explained: %s)',
  async (explain) => {
    const answered = await answer(plain, defaultLimits, explain);
    expect(answered).toMatchObject({ warnings: [{ pointer: '/age' }, { pointer: '/weight' }] });
    expect(await answer(unusual, defaultLimits, explain)).toEqual(answered);
    expect(await answer(` ${plain}\n`, defaultLimits, explain)).toEqual(answered);
  },
);

test('a line of NDJSON that is not plain is answered as one that is plain', () => {
  const lines = [plain, unusual].map((text, i) => ({ number: i + 1, bytes: Buffer.from(text) }));
  const question = { id: 'a', explain: false };
  const [first, second] = ndjson
    .answerLines(answerer, question, 'application/x-ndjson', defaultLimits)
    .lines(lines);
  expect(JSON.parse(first)).toHaveProperty('probability');
  expect(second).toBe(first.replace('"a:0"', '"a:1"'));
});

test('a batch in which one row is not plain is answered as one that is plain', async () => {
  const rows = Array.from({ length: 600 }, (_, i) => `{"age":${i % 100},"sex":null}`);
  const batch = (row: string) => `[${[...rows, row].join(', ')}]`;
  expect(await answer(batch(unusual))).toEqual(await answer(batch(plain)));
});

test.each([
  ['a fault in a row', `[${plain},{"age":"x"}]`, { status: 422, errors: [{ pointer: '/1/age' }] }],
  ['no row', '[]', { status: 422 }],
  ['something after a row', `${plain},`, { status: 400 }],
  ['something after a list', `[${plain}]]`, { status: 400 }],
  ['no end', `[${plain}`, { status: 400 }],
  ['no comma', `[${plain} ${plain}]`, { status: 400 }],
  ['nothing', '', { status: 400 }],
])('%s is told', async (_, text, details) => {
  await expect(async () => answer(text)).rejects.toMatchObject({ details });
});

test('the limits of rows and of nesting hold for plain rows too', async () => {
  const batch = `[${plain},${plain},${plain}]`;
  await expect(async () => answer(batch, { ...defaultLimits, batchRows: 2 })).rejects.toMatchObject({
    details: { type: '/docs/problems/too-many-rows' },
  });
  await expect(async () => answer(batch, { ...defaultLimits, jsonDepth: 1 })).rejects.toMatchObject({
    details: { type: '/docs/problems/too-deep' },
  });
});
