import { expect, test } from 'vitest';
import { requests } from './requests.ts';
import { createWitness } from './witness.ts';

const answers = Array.from({ length: 300 }, (_, i) => i / 1000);
const single = requests[1];
const batch = requests[0];
const body = (version: string, more = 0) =>
  JSON.stringify({ probability: answers[single.indices[0]] + more, model: { version } });

function witnessOf(...versions: string[]) {
  const witness = createWitness();
  for (const version of versions) witness.allow(version, answers);
  return witness;
}

test('the exact answers of a version in production are accepted, single and in a batch', () => {
  const witness = witnessOf('1-a');
  expect(witness.judge(single, 200, body('1-a'), Date.now())).toBeUndefined();
  const predictions = batch.indices.map((index) => ({ probability: answers[index] }));
  const text = JSON.stringify({ predictions, model: { version: '1-a' } });
  expect(witness.judge(batch, 200, text, Date.now())).toBeUndefined();
  const short = JSON.stringify({ predictions: predictions.slice(1), model: { version: '1-a' } });
  expect(witness.judge(batch, 200, short, Date.now())).toContain('answers to 50 rows');
});

test.each([
  ['an error', 503, '{"title":"No model"}', 'status 503'],
  ['the smallest difference', 200, body('1-a', 1e-15), '1-a answered'],
  ['a version that was never in production', 200, body('2-b'), '2-b was never in production'],
  ['an answer without a version', 200, '{"probability":0.5}', 'no version was never'],
])('%s is a failure', (_, status, text, fault) => {
  expect(witnessOf('1-a').judge(single, status, text, Date.now())).toContain(fault);
});

test('a replaced version may answer requests for 2 more seconds', () => {
  const witness = witnessOf('1-a', '2-b');
  witness.settle('2-b');
  expect(witness.judge(single, 200, body('1-a'), Date.now())).toBeUndefined();
  expect(witness.judge(single, 200, body('1-a'), Date.now() + 2100)).toContain('after it was replaced');
  expect(witness.judge(single, 200, body('2-b'), Date.now() + 2100)).toBeUndefined();
});

test('a change of the serving version is a swap', () => {
  const witness = witnessOf('1-a', '2-b');
  for (const version of ['1-a', '1-a', '2-b', '1-a']) witness.judge(single, 200, body(version), Date.now());
  expect(witness.swaps).toBe(2);
});

const asked = [3, 5];
const stream = (...versions: string[]) =>
  versions.map((version, i) => ({ probability: answers[asked[i]], version }));

test('a stream is accepted if one version answers all its lines', () => {
  const witness = witnessOf('1-a', '2-b');
  expect(witness.judgeStream(asked, stream('1-a', '1-a'), Date.now())).toBeUndefined();
  expect(witness.judgeStream(asked, stream('1-a', '2-b'), Date.now())).toContain('1-a and 2-b');
  expect(witness.judgeStream(asked, stream('1-a'), Date.now())).toContain('1 answers to 2 rows');
  const [first, second] = stream('1-a', '1-a');
  const wrong = [first, { ...second, probability: Number.NaN }];
  expect(witness.judgeStream(asked, wrong, Date.now())).toContain('1-a answered NaN');
});
