import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { splitTable } from '@hearth/artifact/text-table';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSource, readSource, type SourceOptions } from '../index.ts';
import { linesOf } from './lines.ts';
import { recordsOf } from './records.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-csv-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array, options?: SourceOptions, name = 't.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const { columns, rows, ...about } = await readSource(path, options);
  return { ...about, table: [columns.map((column) => column.name), ...rows.map(({ cells }) => cells)] };
}
const words = [
  ['city', 'x'],
  ['São Paulo', '1,5'],
];
const text = 'city;x\nSão Paulo;1,5\n';
test('the first column without a name has those of the rows, as R and pandas write them', async () => {
  const { table } = await read('"","mpg"\n"Mazda RX4",21\n');
  expect(table).toEqual([
    ['row.names', 'mpg'],
    ['Mazda RX4', '21'],
  ]);
  await expect(read('mpg,""\n21,x\n')).rejects.toThrow('column "" has no name');
});

const swapped = (utf16: Buffer) => Buffer.from(utf16).swap16();

test.each<[string, string, SourceOptions, unknown[]]>([
  [
    'pipes',
    'a|b\n1|x,y\n',
    {},
    [
      ['a', 'b'],
      ['1', 'x,y'],
    ],
  ],
  [
    'a line that names a pipe',
    'sep=|\na|b\n1|2\n',
    {},
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a delimiter that is named',
    'a:b,c\n1:2\n',
    { delimiter: ':' },
    [
      ['a', 'b,c'],
      ['1', '2'],
    ],
  ],
  [
    'a caret',
    'a^b\n1^" ^ "\n',
    { delimiter: '^' },
    [
      ['a', 'b'],
      ['1', ' ^ '],
    ],
  ],
  [
    'single quotes',
    "a,b\n1,'x,''y'''\n",
    { quote: "'" },
    [
      ['a', 'b'],
      ['1', "x,'y'"],
    ],
  ],
  [
    'an escape',
    'a,b\n1,"x \\"y,\nz\\""\n2,3\n',
    { escape: '\\' },
    [
      ['a', 'b'],
      ['1', 'x "y,\nz"'],
      ['2', '3'],
    ],
  ],
  [
    'comments',
    '# made by a tool\na,b\n# "x\n1,2\n',
    { comment: '#' },
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a sequence for null',
    'a,b\n\\N,2\n',
    { nullSequence: '\\N' },
    [
      ['a', 'b'],
      [null, '2'],
    ],
  ],
  [
    'no header',
    '1,2\n3,4\n',
    { names: ['a', 'b'] },
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
  ],
])('a table with %s is read', async (_, content, options, table) => {
  expect((await read(content, options)).table).toEqual(table);
});

test.each<[string, Uint8Array, string | undefined]>([
  ['UTF-8', Buffer.from(text), undefined],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), undefined],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), undefined],
  ['UTF-16, the higher byte first, with a mark', swapped(Buffer.from(`\uFEFF${text}`, 'utf16le')), undefined],
  ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), undefined],
  ['UTF-16, the higher byte first, without a mark', swapped(Buffer.from(text, 'utf16le')), undefined],
  ['UTF-16 as its package says', swapped(Buffer.from(`\uFEFF${text}`, 'utf16le')), 'utf-16'],
  ['Latin-1 as its package says', Buffer.from(text, 'latin1'), 'latin1'],
])('a table in %s is read, and nothing is assumed', async (_, bytes, encoding) => {
  const { table, notes, delimiter, decimal } = await read(bytes, { encoding });
  expect({ table, notes, delimiter, decimal }).toEqual({
    table: words,
    notes: [],
    delimiter: ';',
    decimal: ',',
  });
});

test('bytes that are not UTF-8 are taken for Windows-1252 with a word, wherever a chunk ends', async () => {
  const euro = Buffer.concat([Buffer.from('price\n'), Buffer.from([0x80, 0x0a])]);
  const { table, notes } = await read(euro);
  expect(table).toEqual([['price'], ['€']]);
  expect(notes).toEqual([
    expect.stringMatching(
      /t\.csv is not UTF-8 and was read as Windows-1252 \(Latin-1\)\. If it has another enc/,
    ),
  ]);
  const chunk = 256 * 1024;
  for (const letter of ['é', '→', '😀'])
    for (let before = 1; before <= 4; before++) {
      const long = `a\n${'x'.repeat(chunk - 2 - before)}${letter}\n`;
      expect((await read(long)).table[1][0], `${letter} after ${before}`).toBe(long.slice(2, -1));
    }
  const late = Buffer.from(`é\n${'x\n'.repeat(chunk)}`);
  await expect(read(Buffer.concat([late, Buffer.from([0xe9, 0x0a])]))).rejects.toThrow(
    't.csv: is not UTF-8 throughout, as its first letters are; name it with --encoding',
  );
});

test('a file is decompressed, and its hash is that of the compressed bytes', async () => {
  const plain = await read(text);
  const { table, sha256 } = await read(gzipSync(text), {}, 't.csv.gz');
  expect(table).toEqual(words);
  expect(sha256).not.toBe(plain.sha256);
  expect((await read(gzipSync(text), { compression: 'gz' }, 'misnamed.csv')).table).toEqual(words);
});

test.each<[string, string | Uint8Array, SourceOptions, string]>([
  [
    'a quote that is not closed',
    'a,b\n1,2\n3,"4\n5,6\n',
    {},
    't.csv, line 3: has quotes that do not pair up',
  ],
  ['too many cells', 'a,b\n\n1,2,3\n', {}, 't.csv, line 3: has 3 cells; the header has 2'],
  ['a name that is given twice', 'a,a\n1,2\n', {}, 'line 1: column "a" is given more than once'],
  ['only a header', 'a,b\n', {}, 't.csv, line 1: a header and at least one row are needed'],
  ['nothing', '', {}, 't.csv, line 1: a header and at least one row are needed'],
  ['gzip that is cut off', gzipSync('a\n1\n'.repeat(999)).subarray(0, 30), {}, 'damaged or cut off'],
  ['no gzip where it must be', text, { compression: 'gz' }, 'is not compressed by gzip, although'],
  ['bytes', Buffer.from([0, 1, 2, 0, 0, 7]), {}, 't.csv: is not text, and of no format that can be read'],
  ['a table that is asked for', text, { table: 't' }, 't.csv: is not a database'],
])('%s is refused in one line', async (_, content, options, message) => {
  const failure = read(content, options);
  await expect(failure).rejects.toThrow(message);
  await expect(failure).rejects.toThrow(/^[^\n]*$/);
});

test('a record that cannot be split can be a row with a fault', async () => {
  const path = join(folder, 't.csv');
  await writeFile(path, 'a,b\n1,2\n3\n5,6\n');
  const { rows } = await readSource(path, { keepsBadRows: true });
  expect(rows).toEqual([
    { place: 2, cells: ['1', '2'] },
    { place: 3, cells: [null, null], fault: 'has 1 cells; the header has 2' },
    { place: 4, cells: ['5', '6'] },
  ]);
});

test('a text has the same records in pieces as whole', async () => {
  const texts = fc
    .array(fc.constantFrom('"', ',', 'a', ' ', '\n', '\r', '\r\n', '""', 'b;'))
    .map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(texts, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), async (whole, lengths) => {
      async function* pieces() {
        for (let at = 0; at < whole.length; ) {
          const length = lengths.next().value as number;
          yield whole.slice(at, at + length);
          at += length;
        }
      }
      const records = [];
      for await (const some of recordsOf(linesOf(pieces()), { quote: '"', escape: '"' }, undefined))
        records.push(...some);
      // splitTable leaves out the blank ones
      const given = records.filter((record) => record.text.trim() !== '');
      expect(given).toEqual(splitTable(whole, () => ',').records);
    }),
    { numRuns: 300 },
  );
});

test('a large table is read in constant memory', async () => {
  const path = join(folder, 'large.csv.gz');
  await writeFile(path, gzipSync(`a,b\n${'1,2\n'.repeat(500_000)}`));
  const source = await openSource(path);
  let rows = 0;
  let most = 0;
  for await (const batch of source.batches()) {
    rows += batch.length;
    most = Math.max(most, batch.length);
  }
  await source.close();
  expect(rows).toBe(500_000);
  expect(most).toBeLessThan(150_000);
});
