import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useFolder } from '../../../testing/sources/folder.ts';
import { readSource } from '../index.ts';

const folder = useFolder();
async function read(content: string, name = 't.json') {
  const path = join(folder(), name);
  await writeFile(path, content);
  const { columns, rows, unit } = await readSource(path);
  return { unit, table: [columns.map((column) => column.name), ...rows.map(({ cells }) => cells)] };
}

const rows = [
  { x: 1.5, city: 'São "[Paulo]"', ok: true },
  { x: null, tags: ['a', { b: 2 }], __proto__: undefined },
];
const table = [
  ['x', 'city', 'ok', 'tags'],
  [1.5, 'São "[Paulo]"', true, null],
  [null, null, null, '["a",{"b":2}]'],
];

test.each([
  ['an array of objects', JSON.stringify(rows), 'row'],
  ['an array that is indented', `\uFEFF${JSON.stringify(rows, null, 2)}\n`, 'row'],
  ['JSON lines', rows.map((row) => `${JSON.stringify(row)}\n`).join('\n'), 'line'],
  ['JSON lines with CRLF', rows.map((row) => JSON.stringify(row)).join('\r\n'), 'line'],
])('%s is a table, whatever the name of the file', async (_, content, unit) => {
  for (const name of ['t.json', 't.jsonl', 't']) expect(await read(content, name)).toEqual({ unit, table });
});

test('the tables that pandas writes as one object are read', async () => {
  const data = [
    [1, 'a'],
    [null, 'b'],
  ];
  const expected = [['x', 'c'], ...data];
  expect((await read(JSON.stringify({ columns: ['x', 'c'], index: [0, 1], data }))).table).toEqual(expected);
  const objects = data.map(([x, c]) => ({ x, c }));
  const schema = { fields: [{ name: 'x' }, { name: 'c' }] };
  expect((await read(JSON.stringify({ schema, data: objects }))).table).toEqual(expected);
});

test('whole numbers that float64 does not hold are kept', async () => {
  const text = '[{"a": 9007199254740993, "b": 1.5e300, "c": -3}]';
  expect((await read(text)).table[1]).toEqual([9007199254740993n, 1.5e300, -3]);
});

test('a member of any name is a column', async () => {
  const text = '{"__proto__": 1, "constructor": 2, "a,b": 3}\n{"constructor": 5}\n';
  expect((await read(text)).table).toEqual([
    ['__proto__', 'constructor', 'a,b'],
    [1, 2, 3],
    [null, 5, null],
  ]);
});

test('an array is read in pieces', async () => {
  const many = Array.from({ length: 40_000 }, (_, i) => ({ i, text: `é[{"\\${i}` }));
  const { table: read40000 } = await read(JSON.stringify(many));
  expect(read40000.slice(1)).toEqual(many.map(({ i, text }) => [i, text]));
});

test.each([
  [
    'a value that is no object',
    '[{"a":1},2]',
    't.json, row 2: is not an object; a JSON table is an array of objects',
  ],
  ['a fault in a row', '[{"a":1},{"a":}]', 't.json, row 2: is not JSON: '],
  ['NaN', '{"a":1}\n{"a":NaN}\n', 't.json, line 2: is not JSON: it has NaN or Infinity; write null'],
  ['an array that is cut off', '[{"a":1},{"a":2}', 't.json, row 2: the file ends within the array'],
  ['text after the array', '[{"a":1}] x', 't.json, row 2: there is text after the array'],
  ['an empty array', '[]', 't.json: has no rows'],
  [
    'columns as pandas writes them by default',
    '{\n"a":{"0":1}\n}',
    't.json: a JSON table is an array of objects (in',
  ],
  [
    'a row of another length',
    '{"columns":["a"],"data":[[1],[1,2]]}',
    't.json, row 2: is not an array of 1 values',
  ],
])('%s is refused with its place', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

test('a part that gets a column while it is read has to have that of the first part', async () => {
  const part = async (name: string, late: string, ages: number) => {
    const row = (i: number) => JSON.stringify(i < ages - 1 ? { age: i } : { age: i, [late]: 1 });
    await writeFile(join(folder(), name), Array.from({ length: ages }, (_, i) => `${row(i)}\n`).join(''));
  };
  await part('a.jsonl', 'x', 60_000);
  await part('b.jsonl', 'x', 60_000);
  const { columns, rows } = await readSource(folder());
  expect(columns.map(({ name }) => name)).toEqual(['age', 'x']);
  expect(rows.at(-1)?.cells).toEqual([59_999, 1]);
  await part('b.jsonl', 'y', 60_000);
  await expect(readSource(folder())).rejects.toThrow(
    'b.jsonl: has the column "y" where the first part has "x"',
  );
});
