import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareFixture } from '../../../testing/import/compare.ts';
import { fuzz } from '../../../testing/import/fuzz.ts';
import { exportedIn } from '../../../testing/import-scripts/fixtures.ts';
import { ImportFault } from '../imported.ts';
import { exportedModel } from './index.ts';

/** Files that the scripts wrote beside the real tools: npm run prove -- import. */
const folder = join(import.meta.dirname, '../../../testing/import-scripts/recorded');
const bytesOf = (name: string) => readFileSync(join(folder, name));

describe.each(exportedIn(folder))('$about', (fixture) => {
  test('every answer is that of the tool', () => {
    expect(compareFixture(fixture).compared.rows).toBeGreaterThan(50);
  });

  test('a damaged file is refused, or answers with finite numbers', () => {
    const { accepted, refused } = fuzz(fixture, 25, 1);
    expect(accepted + refused).toBe(25);
  });
});

/** A file with a line changed, of which the first is 0. */
function changed(
  line: number,
  change: (value: Record<string, never>) => void,
  name = 'forest-scaled.jsonl',
): Buffer {
  const lines = bytesOf(name).toString().split('\n');
  const value = JSON.parse(lines.at(line) ?? '');
  change(value);
  lines.splice(line, 1, JSON.stringify(value));
  return Buffer.from(lines.join('\n'));
}

test('an answer that is one bit off is refused, with its row', () => {
  const [fixture] = exportedIn(folder).filter(({ name }) => name === 'forest-scaled');
  const outputs = fixture.outputs?.with(7, fixture.outputs[7] + 2 ** -50);
  expect(() => compareFixture({ ...fixture, outputs })).toThrow(/answers row 8 with the answer .*"lactate":/);
});

type Line = Record<string, never>;
const edits: [string, number, (line: Line) => void, string][] = [
  ['a later format', 0, (l) => Object.assign(l, { format: 2 }), 'line 1, format: this Hearth reads format 1'],
  ['an unknown member', 0, (l) => Object.assign(l, { code: 1 }), 'line 1, code: '],
  ['more trees than there are', 0, (l) => Object.assign(l, { trees: 6 }), 'line 7 has a member besides'],
  [
    'a set of another column',
    0,
    (l) => Object.assign(l.sets[0], { column: 0 }),
    'sets.0 does not fit column 0',
  ],
  [
    'a level that is none',
    0,
    (l) => Object.assign(l.sets[0], { levels: [99] }),
    'sets.0 does not fit column',
  ],
  [
    'a base for each of two outputs',
    0,
    (l) => Object.assign(l.answer, { base: [0, 1] }),
    'answer.base has 2 numbers',
  ],
  ['a column that is none', 1, (l) => Object.assign(l.column, [99]), 'line 2 splits on column 99 of 8'],
  ['a threshold that is a text', 1, (l) => Object.assign(l.split, { 0: 'high' }), 'line 2 '],
  ['a cycle', 1, (l) => Object.assign(l.left, [0]), 'tree 0 names a node more than once'],
  ['a child that is none', 1, (l) => Object.assign(l.left, [1e6]), 'line 2 names node 1000000 of'],
  [
    'arrays of different lengths',
    1,
    (l) => Object.assign(l, { cover: [1] }),
    'line 2 has 1 entries in "cover"',
  ],
  ['an output that is none', 1, (l) => Object.assign(l, { output: 1 }), 'line 2 adds to the output 1 of 1'],
  [
    'a text for a number',
    -2,
    (l) => Object.assign(l.row, ['old']),
    'a cell of column "age" that is no number',
  ],
];
test.each(edits)('%s is refused', (_name, line, edit, reason) => {
  expect(() => exportedModel.read(changed(line, edit), {})).toThrow(ImportFault);
  expect(() => exportedModel.read(changed(line, edit), {})).toThrow(reason);
});

test('a file that was cut is refused', () => {
  const bytes = bytesOf('forest-scaled.jsonl');
  const text = bytes.toString();
  const firstLines = Buffer.from(text.split('\n').slice(0, 6).join('\n'));
  expect(() => exportedModel.read(firstLines, {})).toThrow('ends after 5 of 5 trees and 0 rows');
  expect(() => exportedModel.read(bytes.subarray(0, -9), {})).toThrow('is not JSON: export the model again');
});
