import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { containing } from '../answer/interval.ts';
import { readModel } from './index.ts';

const root = join(import.meta.dirname, '../../..');
const recorded = join(import.meta.dirname, '../../testing/format1');

interface Answered {
  row: Record<string, number | string>;
  answer: number;
  interval?: { low: number; high: number };
}

/** What Hearth 0.1.0 answered. It did not yet widen an interval to hold the answer. */
const linesOf = (version: string): Answered[] =>
  readFileSync(join(recorded, `heart-${version}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line): Answered => JSON.parse(line))
    .map(({ row, answer, interval }) => ({
      row,
      answer,
      ...(interval && { interval: containing(answer, interval) }),
    }));

test.each(readdirSync(recorded).map((file) => file.replace(/^heart-|\.jsonl$/g, '')))(
  'version %s, published in format 1, answers 200 rows with the bits of the code that published it',
  async (version) => {
    const { manifest, predict, predictCells, writeCells } = await readModel(
      join(root, 'models/heart', version),
    );
    expect(manifest.format).toBe(1);
    const lines = linesOf(version);
    expect(lines).toHaveLength(200);
    const width = manifest.columns.length;
    const cells = new Float64Array(lines.length * width);
    for (const [i, { row, answer, interval }] of lines.entries()) {
      expect(predict(row)).toEqual({ answer, ...(interval && { interval }) });
      writeCells(row, cells, i * width);
    }
    const { answer, low, high } = predictCells(cells);
    expect([...answer]).toEqual(lines.map((line) => line.answer));
    if (!manifest.interval) return;
    expect([...(low ?? [])]).toEqual(lines.map(({ interval }) => interval?.low));
    expect([...(high ?? [])]).toEqual(lines.map(({ interval }) => interval?.high));
  },
);

test('golden rows of format 1 have the bits of the code that published them', async () => {
  const { manifest, predict } = await readModel(join(root, 'models/heart/2-ea09fb3'));
  expect(manifest.golden.length).toBeGreaterThan(20);
  for (const { row, answer } of manifest.golden) expect(predict(row).answer).toBe(answer);
});
