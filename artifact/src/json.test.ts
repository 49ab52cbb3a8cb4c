import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

const parse = (text: string | Uint8Array) =>
  parseJson(typeof text === 'string' ? Buffer.from(text) : text, 'manifest', 'the file');

test('JSON is parsed; brackets in strings do not count as nesting', () => {
  expect(parse('{"a": [1, null, "é"]}')).toEqual({ a: [1, null, 'é'] });
  const text = `${'['.repeat(100)}\\"${'{'.repeat(100)}`;
  expect(parse(`"${text}"`)).toBe(text.replace('\\', ''));
  expect(parse(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeInstanceOf(Array);
});

test.each<[string, string | Uint8Array, string]>([
  ['33 levels', '['.repeat(33) + ']'.repeat(33), 'size check: the file is nested more than 32 levels deep'],
  ['millions of levels', '{"a":'.repeat(1 << 20), 'size check'],
  ['truncated JSON', '{"a": 1', 'manifest check: the file is not JSON'],
  ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'manifest check: the file is not JSON'],
  ['an empty file', '', 'manifest check: the file is not JSON'],
  ['__proto__', '[{"__proto__": {}}]', 'manifest check: the file has a member named "__proto__"'],
  ['an escaped __proto__', '{"\\u005f_proto__": 1}', 'has a member named "__proto__"'],
  ['an infinite number', '{"a": -1e999}', 'finite check: the file has a number that is too large'],
])('%s is refused', (_name, text, reason) => {
  expect(() => parse(text)).toThrow(reason);
});
