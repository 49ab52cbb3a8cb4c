import { expect, test } from 'vitest';
import { Problem } from '../server/problem.ts';
import { parseBody, parseJson } from './parse-json.ts';

const limits = { jsonDepth: 4 };

function refusal(json: string | Buffer): Problem {
  try {
    parseBody(Buffer.from(json), limits);
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('it was not refused');
}

test.each([
  '{}',
  '[{"age":54},{"sex":"a:b{[\\"\\\\"}]',
  ' \n{ "a" : null }',
  '"a:b"',
  '54',
  '{"a":{"b":{"c":1}}}',
])('%s is read as JSON.parse reads it', (json) => {
  expect(parseJson(json, limits)).toEqual(JSON.parse(json));
});

test('a byte-order mark is passed over', () => {
  expect(parseJson('\uFEFF{"age":54}', limits)).toEqual({ age: 54 });
});

test.each([
  ['{"age":54,"age":55}', ['/age']],
  ['[{"age":54},{"age":1,"sex":"x","\\u0061ge":2}]', ['/1/age']],
  ['{"a":{"b":1,"b":2}}', ['/a/b']],
  ['{"a/b":1,"a/b":1,"a/b":1}', ['/a~1b', '/a~1b']],
])('%s is refused, naming the key that is repeated', (json, pointers) => {
  const { status, errors } = refusal(json).details;
  expect(status).toBe(422);
  expect(errors?.map(({ pointer }) => pointer)).toEqual(pointers);
  expect(errors?.[0].detail).toBe('is given more than once');
});

test('the same key in two rows, or as text, is no repetition', () => {
  const json = '[{"age":1},{"age":2,"sex":"age"},{"a":{"age":1},"age":2}]';
  expect(parseJson(json, limits)).toEqual(JSON.parse(json));
});

test('JSON that is too deep is refused, whole or cut short', () => {
  for (const json of ['[[[[[]]]]]', '{"a":[[[[1]]]]}', '[{"a":{"b":{"c":{}}}}]'])
    expect(refusal(json).details.type).toBe('/docs/problems/too-deep');
  expect(refusal('['.repeat(5)).details.type).toBe('/docs/problems/too-deep');
  expect(refusal('['.repeat(500_000)).details.type).toBe('/docs/problems/too-deep');
});

test('a refusal tells where the JSON ends, and nothing of what was sent', () => {
  const { detail, status } = refusal('{"age":54 "name":"Maria"}').details;
  expect(status).toBe(400);
  expect(detail).toContain('at position 10');
  expect(detail).not.toContain('Maria');
  expect(refusal('{"name":Maria}').details.detail).not.toContain('Maria');
});

test('bytes that are not UTF-8 are refused, not replaced', () => {
  expect(refusal(Buffer.from('{"sex":"ma\xE3o"}', 'latin1')).details.detail).toContain('UTF-8');
});
