import {
  type CellExample,
  cellExamples,
  type ExampleColumn,
  type ExampleRow,
  exampleColumns,
  tableExamples,
  worded,
} from '@hearth/artifact/testing/text-tables';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fault, openWays, type Reading, type Ways } from './testing/table-ways.ts';

const names = Object.keys(exampleColumns) as ExampleColumn[];
let ways: Ways;
beforeAll(async () => {
  ways = await openWays();
});
afterAll(() => ways.close());

const tableWays = ['prepare', 'train', 'hearth predict', '/predict', '/invocations'] as const;

/** Without the line, which not every way says. */
const withoutLine = (reading: Reading): object =>
  'rows' in reading ? reading : { faults: reading.faults.map(({ line: _, ...fault }) => fault) };

/** The example alone in a row: the other cells are empty. */
const rowOf = ([, column, cell]: CellExample): string[] => names.map((name) => (name === column ? cell : ''));

function expected([, column, , is]: CellExample): Reading {
  if (typeof is === 'object' && is !== null)
    return { faults: [{ column, detail: worded(column, is.fault) }] };
  const row: ExampleRow = { n: null, i: null, c: null, [column]: is };
  return { rows: [row] };
}

test('there are at least 150 examples, each once', () => {
  const keys = cellExamples.map((example) => JSON.stringify(example.slice(0, 3)));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length + tableExamples.length).toBeGreaterThan(150);
});

test.each(tableWays)('each cell of the examples is the same value, or the same fault, by %s', async (way) => {
  for (const example of cellExamples) {
    const [delimiter] = example;
    const table = `${names.join(delimiter)}\n${rowOf(example).join(delimiter)}\n`;
    const reading = await ways[way]({ table, delimiter, columns: names });
    expect(withoutLine(reading), JSON.stringify(example)).toEqual(expected(example));
  }
});

test('without a header, each cell is the same value, or the same fault, by /invocations', async () => {
  for (const example of cellExamples) {
    const [delimiter] = example;
    const reading = await ways['/invocations']({
      table: `${rowOf(example).join(delimiter)}\n`,
      delimiter,
      columns: names,
    });
    expect(reading, JSON.stringify(example)).toEqual(expected(example));
  }
});

/**
 * A text in a tensor is what a cell between commas holds. It needs no quotes, so that quotes and the spaces around a cell, which belong to
 * the table, have no counterpart: it stands for the cell in quotes.
 */
test('each cell between commas is the same value, or the same fault, as a text in a tensor', async () => {
  for (const example of cellExamples) {
    if (example[0] !== ',') continue;
    const cells = rowOf(example).map((cell) => {
      const quoted = /^\s*"(.*)"\s*$/s.exec(cell);
      return quoted ? quoted[1].replaceAll('""', '"') : cell.trim();
    });
    expect(await ways.v2(cells), JSON.stringify(example)).toEqual(expected(example));
  }
});

/** What of tables cannot be asked of a tensor, which has no header, delimiter or line: all of the examples of tables. */
test.each(tableWays)(
  'each table of the examples has the same rows, or the same fault in its line, by %s',
  async (way) => {
    for (const { name, table, delimiter = ',', columns = names, is } of tableExamples) {
      const reading = await ways[way]({ table, delimiter, columns });
      if (Array.isArray(is)) {
        expect(reading, name).toEqual({ rows: is });
        continue;
      }
      const { line, column, fault } = is;
      const isOfCell = column !== undefined && line > 1;
      const wanted: Fault = { column, detail: isOfCell ? worded(column, fault) : fault };
      expect(withoutLine(reading), name).toEqual({ faults: [wanted] });
      const found = 'faults' in reading ? reading.faults[0].line : undefined;
      if (found !== undefined) expect([name, found]).toEqual([name, line]);
    }
  },
);
