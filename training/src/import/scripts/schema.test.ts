import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Header } from './header.ts';

const recorded = join(import.meta.dirname, '../../../testing/import-scripts/recorded');
const number = v.pipe(v.number(), v.finite());
const place = v.pipe(v.number(), v.integer(), v.minValue(0));

const Tree = v.strictObject({
  column: v.array(v.pipe(v.number(), v.integer(), v.minValue(-1))),
  split: v.array(v.union([number, v.picklist(['Infinity', '-Infinity'])])),
  missingLeft: v.array(v.picklist([0, 1])),
  left: v.array(number),
  right: v.array(number),
  value: v.array(v.union([number, v.array(number)])),
  cover: v.optional(v.array(v.pipe(number, v.minValue(0)))),
  output: v.optional(place),
});
const Answered = v.strictObject({
  row: v.array(v.nullable(v.union([number, v.boolean(), v.string()]))),
  output: v.array(number),
  score: v.optional(v.array(number)),
});
/** A line of the file; the reader checks trees and rows as it takes them, without an object for each. */
const Line = v.union([Header, Tree, Answered]);

test('the JSON Schema of the lines is that of the code', async () => {
  const { $schema, ...schema } = toJsonSchema(Line, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
    definitions: { Header, Tree, Row: Answered },
  });
  const document = {
    $schema,
    title: 'A line of the file of the import scripts',
    description:
      'The first line is a header, then come trees, then rows; import-script.md says what their members mean.',
    ...schema,
  };
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../../docs/import-script.schema.json'),
  );
});

test.each(readdirSync(recorded))('every line of %s is of that form', (file) => {
  const lines = readFileSync(join(recorded, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { trees } = v.parse(Header, lines[0]);
  for (const line of lines.slice(1, trees + 1)) expect(v.is(Tree, line)).toBe(true);
  for (const line of lines.slice(trees + 1)) expect(v.is(Answered, line)).toBe(true);
});
