import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cellExamples,
  type ExampleColumn,
  exampleCodes,
  exampleColumns,
  worded,
} from '../../testing/text-tables.ts';
import type { Column } from '../columns/columns.ts';
import type { CheckedColumn } from '../columns/kinds/index.ts';
import {
  cellReader,
  type Delimiter,
  decimalOf,
  delimiterOf,
  delimiterOfCells,
  delimiters,
  headerFaults,
  isBlank,
  isFault,
  readRecord,
  readRecords,
  recordFault,
  separatorOf,
  splitTable,
  tableWriter,
} from './index.ts';
import { isDecimal, readNumber } from './number.ts';

test.each<[string, Delimiter]>([
  ['a,b', ','],
  ['a;b', ';'],
  ['a\tb', '\t'],
  ['a', ','],
  ['', ','],
  ['a;b,c;d', ';'],
  ['a,b;c', ','],
  ['"a;b;c",d', ','],
  ['"a,b";c', ';'],
])('the header %j has the delimiter %j', (header, delimiter) => {
  expect(delimiterOf(header)).toBe(delimiter);
});

test.each<[string, number, Delimiter]>([
  ['54;2,5', 2, ';'],
  ['1,5;2,5;3,5', 3, ';'],
  ['1,2,3', 3, ','],
  ['1\t2,5\t3', 3, '\t'],
  ['"a;b",1', 2, ','],
  ['2,5', 1, ','],
  ['1;2', 3, ';'],
  ['\t\t', 3, '\t'],
])('the record %j of a table of %i columns has the delimiter %j', (record, columns, delimiter) => {
  expect(delimiterOfCells(record, columns)).toBe(delimiter);
});

test('a line before the header names the delimiter', () => {
  expect(['sep=;', 'SEP=,', '"sep=\t"', 'sep=|', 'sep=;;', 'sep'].map(separatorOf)).toEqual([
    ';',
    ',',
    '\t',
    undefined,
    undefined,
    undefined,
  ]);
});

test('a blank line has nothing but spaces, and no tab where tabs separate cells', () => {
  expect(isBlank('  \u00a0', '\t')).toBe(true);
  expect(isBlank(' \t ', ',')).toBe(true);
  expect(isBlank(' \t ', '\t')).toBe(false);
  expect(isBlank('""', ',')).toBe(false);
});

test('records have the number of their first line, and a cell in quotes may reach over lines', () => {
  const { delimiter, records } = splitTable('\uFEFF\r\nid;note\r\n\r\n1;"a\r\n\nb"\r2;c\n');
  expect(delimiter).toBe(';');
  expect(records).toEqual([
    { line: 2, text: 'id;note' },
    { line: 4, text: '1;"a\n\nb"' },
    { line: 7, text: '2;c' },
  ]);
  expect(readRecord(records[1].text, ';')).toEqual(['1', 'a\n\nb']);
});

test('a quote that nothing closes leaves the records below as they are', () => {
  const { records } = splitTable('a,b\n"1,2\n3,4\n');
  expect(records.map(({ text }) => text)).toEqual(['a,b', '"1,2', '3,4']);
  expect(splitTable('').records).toEqual([]);
  expect(splitTable('sep=;\n').records).toEqual([]);
});

test('a bad record among records with quotes is the only one that is not read', () => {
  expect([...readRecords(['a,"b"', '"c,d', 'e,f'], ',')]).toEqual([['a', 'b'], undefined, ['e', 'f']]);
});

test('a line that names the delimiter may follow blank lines, and stands before the header', () => {
  const { delimiter, records } = splitTable('\n \nsep=;\na,b;c\n1;2\n');
  expect([delimiter, records.map(({ text }) => text)]).toEqual([';', ['a,b;c', '1;2']]);
});

test('the delimiter is found by the first record, of tabs too, and by nothing where there is none', () => {
  const found: string[] = [];
  const find = (first: string) => {
    found.push(first);
    return '\t' as const;
  };
  expect(splitTable('\n\t\t\n1\t2\t3\n', find).records).toHaveLength(2);
  expect(splitTable(' \n', find).records).toEqual([]);
  expect(found).toEqual(['\t\t', '']);
});

test('quotes in a header separate nothing', () => {
  expect(delimiterOf('"a",b";"')).toBe(',');
});

test('spaces around cells are left out, those in quotes are kept, and records may differ in length', () => {
  const nbsp = '\u00a0';
  expect([...readRecords([' a ,b', `${nbsp}c${nbsp}`], ',')]).toEqual([['a', 'b'], ['c']]);
  expect([...readRecords([` a ,${nbsp}b`, '" c ", "d" ,e'], ',')]).toEqual([
    ['a', 'b'],
    [' c ', 'd', 'e'],
  ]);
  expect([...readRecords(['"a",b', '"c"'], ',')]).toEqual([['a', 'b'], ['c']]);
});

test('a record is a fault by the number of its cells, or by its quotes', () => {
  expect(recordFault(['a'], 2)).toBe('has 1 cells; the header has 2');
  expect(recordFault(undefined, 2)).toBe('has quotes that do not pair up');
});

test('a fault is neither a value nor missing', () => {
  expect(['a', 5, null, { fault: 'x' }].map(isFault)).toEqual([false, false, false, true]);
});

test('names are faults where there is none, and where they are given more than once', () => {
  expect(headerFaults(['a', '', 'b', 'a', 'a'])).toEqual([
    { name: '', fault: expect.stringContaining('has no name') },
    { name: 'a', fault: 'is given more than once' },
    { name: 'a', fault: 'is given more than once' },
  ]);
});

test('what is written is read back as it was, under every delimiter', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...delimiters),
      fc.array(
        fc.array(fc.string({ unit: fc.constantFrom(...'ab1,;\t" \n\u00a0') }), {
          minLength: 2,
          maxLength: 2,
        }),
      ),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0), // 0 for -0
      (delimiter, rows, number) => {
        const { header, line, number: write } = tableWriter(delimiter);
        const text = header(['x;', 'y\t']) + rows.map(line).join('');
        const split = splitTable(text);
        expect(split.delimiter).toBe(delimiter);
        const read = split.records.map((record) => readRecord(record.text, delimiter));
        expect(read).toEqual([['x;', 'y\t'], ...rows]);
        expect(readNumber(write(number), decimalOf(delimiter))).toBe(number);
      },
    ),
  ));

test('numbers are written with the decimal sign of the table', () => {
  expect(delimiters.map((delimiter) => tableWriter(delimiter).number(2.5))).toEqual(['2.5', '2,5', '2.5']);
});

test('of names, those with any usual delimiter are quoted, of cells those with the own one', () => {
  for (const delimiter of ['|', ',']) {
    const { header, line } = tableWriter(delimiter);
    expect(header(['a', 'b;c', 'd,e', 'f|g'])).toBe(
      `${['a', '"b;c"', '"d,e"', delimiter === '|' ? '"f|g"' : 'f|g'].join(delimiter)}\n`,
    );
    expect(line(['a', 'b;c'])).toBe(`a${delimiter}b;c\n`);
  }
});

test('spaces around quotes are left out, whatever the delimiter', () => {
  for (const delimiter of [...delimiters, '|'])
    expect([...readRecords([`1${delimiter} "a" `], delimiter)]).toEqual([['1', 'a']]);
});

test('an empty cell alone in its line is written in quotes', () => {
  expect(tableWriter(',').line([''])).toBe('""\n');
  expect(tableWriter(',').line(['a'])).toBe('a\n');
});

test('the codes of a column are numbers with a decimal point', () => {
  expect(['-99', '2.5', '.5', '5.', '1e3', '2,5', 'NR', '', '0x1'].map(isDecimal)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

/** A column of the examples, as the check of its cells knows it. */
function columnOf(name: ExampleColumn, required = false): CheckedColumn<Column> {
  const { allowed: _, ...column } = exampleColumns[name];
  const shared = { required, missingCodes: exampleCodes };
  if (column.type !== 'category') return { ...shared, ...column };
  const categories = column.categories.map((value) => ({ value, label: { en: value, 'pt-BR': value } }));
  return { ...shared, type: 'category', categories } as CheckedColumn<Column>;
}

test('each cell of the examples is its value or its fault, with what the column allows', () => {
  for (const example of cellExamples) {
    const [delimiter, column, text, is] = example;
    const [cell] = readRecord(`${text}${delimiter}5`, delimiter) ?? [];
    const isBad = typeof is === 'object' && is !== null;
    const wanted = isBad ? { fault: worded(column, is.fault) } : is;
    const read = cellReader(columnOf(column), decimalOf(delimiter))(cell as string);
    expect(read, JSON.stringify(example)).toEqual(wanted);
  }
});

test('a column without codes has only empty cells as missing values', () => {
  const read = cellReader({ ...columnOf('n'), missingCodes: undefined }, '.');
  expect(['-99', '', ' '].map(read)).toEqual([-99, null, null]);
});

test('a cell of a required column has a value', () => {
  const read = cellReader(columnOf('n', true), '.');
  expect(read('5')).toBe(5);
  for (const cell of ['', ' ', 'NR', '-99.0', '2500'])
    expect(read(cell)).toEqual({ fault: 'is missing, but required' });
  expect(read('x')).toEqual({ fault: `is not a number; allowed: ${exampleColumns.n.allowed}` });
});

test('a cell of a column that the model does not use is its value, or else its text', () => {
  const read = cellReader(columnOf('n'), '.', undefined, false);
  expect(['5', ' x ', '', 'NR'].map(read)).toEqual([5, 'x', null, null]);
});

test('no number of the examples is another number under another delimiter', () => {
  for (const [, column, cell, is] of cellExamples) {
    if (column === 'c' || typeof is !== 'number') continue;
    for (const sign of ['.', ','] as const) {
      const read = readNumber(cell.replaceAll('"', '').trim(), sign);
      if (typeof read === 'number') expect([cell, read]).toEqual([cell, is]);
    }
  }
});
