import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { assembleModel, openRegistry } from '@hearth/artifact/store';
import { tinyArtifact, tinyArtifactWithInterval } from '@hearth/artifact/testing';
import { handMade } from '@hearth/artifact/testing/hand-made';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeEach, expect, test } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { useFolder } from '../../testing/sources/folder.ts';
import { openSource, readSource } from '../sources/index.ts';
import { batchAnswerer, namesOf } from './batches.ts';
import { planColumns } from './plan.ts';
import { predictFile } from './predict-file.ts';

const folder = useFolder();
const { said, hearth } = useCommandLine();
let models: string;
beforeEach(async () => {
  models = join(folder(), 'models');
  const registry = openRegistry(join(models, 'tiny'));
  const { version } = await registry.publish(tinyArtifact());
  await registry.promote(version);
});

async function predict(
  content: string | Uint8Array,
  name = 'rows.csv',
  ...options: string[]
): Promise<number> {
  const path = join(folder(), name);
  await writeFile(path, content);
  return hearth('predict', path, '--models', models, ...options);
}

const rows = [
  { id: 7, age: 40, sex: 'male' },
  { id: 8, age: null, sex: 'female' },
];
const answered = [
  [7, 40, 'male', 0.5],
  [8, null, 'female', 0.5],
];
/** A table that was written, read again. */
async function readBack(path: string) {
  const { columns, rows: all } = await readSource(path);
  return { names: columns.map(({ name }) => name), cells: all.map(({ cells }) => cells) };
}

test.each(['csv', 'jsonl', 'json', 'parquet'])(
  'a file of JSON lines is answered as %s by the name of --out',
  async (format) => {
    const out = join(folder(), `out.${format}`);
    expect(await predict(rows.map((row) => JSON.stringify(row)).join('\n'), 'rows.jsonl', '--out', out)).toBe(
      0,
    );
    if (format === 'json') {
      expect(JSON.parse(await readFile(out, 'utf8')).rows).toEqual(
        rows.map((row) => ({ ...row, probability: 0.5 })),
      );
      return;
    }
    const { names, cells } = await readBack(out);
    const columns = ['id', 'age', 'sex', 'probability'];
    if (format === 'jsonl') expect({ names, cells }).toEqual({ names: columns, cells: answered });
    if (format === 'csv') {
      expect(names).toEqual([...columns, 'error']);
      expect(cells).toEqual([
        ['7', '40', 'male', '0.5', ''],
        ['8', '', 'female', '0.5', ''],
      ]);
    }
    if (format === 'parquet')
      expect({ names, cells }).toEqual({
        names: [...columns, 'error'],
        cells: answered.map((row) => [...row, null]),
      });
  },
);

test('Parquet that was written is answered, with the types of its columns', async () => {
  const parquet = join(folder(), 'a.parquet');
  expect(await predict(JSON.stringify(rows), 'rows.json', '--out', parquet)).toBe(0);
  const again = join(folder(), 'b.parquet');
  expect(await hearth('predict', parquet, '--models', models, '--out', again)).toBe(0);
  expect(said.complained).toContain(
    'has a column "probability" already: the predictions are in columns that begin',
  );
  const { columns } = await readSource(again);
  expect(columns).toEqual([
    { name: 'id', declared: 'number' },
    { name: 'age', declared: 'number' },
    { name: 'sex', declared: 'string' },
    { name: 'probability', declared: 'number' },
    { name: 'error', declared: 'string' },
    { name: 'predicted_probability', declared: 'number' },
    { name: 'predicted_error', declared: 'string' },
  ]);
});

const faulty = 'id,age\na,40\nb,old\n"c,d"\ne,101\n';

test('a row that cannot be answered has its error in a column, and the others are answered', async () => {
  expect(await predict(faulty)).toBe(1);
  expect(await readBack(await save(said.printed))).toEqual({
    names: ['id', 'age', 'probability', 'error'],
    cells: [
      ['a', '40', expect.stringMatching(/^0\.\d+$/), ''],
      ['b', 'old', '', expect.stringMatching(/^column "age": "old" is not a number; allowed: /)],
      ['', '', '', 'has 1 cells; the header has 2'],
      ['e', '101', '', expect.stringMatching(/^column "age": "101" is too large; allowed: /)],
    ],
  });
  expect(said.complained).toMatch(
    /hearth: 3 of 4 rows could not be answered; their errors are in the column error, the first:\n.*rows\.csv, line 3, column "age": "old" is not a number/,
  );
});

async function save(text: string): Promise<string> {
  const path = join(folder(), 'printed.csv');
  await writeFile(path, text);
  return path;
}

test('errors can have a file of their own', async () => {
  const errors = join(folder(), 'errors.csv');
  expect(await predict(faulty, 'rows.csv', '--errors', errors, '--format', 'jsonl')).toBe(1);
  expect(
    said.printed
      .trimEnd()
      .split('\n')
      .map((line) => Object.keys(JSON.parse(line))),
  ).toEqual(new Array(4).fill(['id', 'age', 'probability']));
  const { names, cells } = await readBack(errors);
  expect(names).toEqual(['line', 'error']);
  expect(cells.map(([line]) => line)).toEqual(['3', '4', '5']);
  expect(said.complained).toContain(`their errors are in ${errors}`);
});

test('columns that the model does not have are copied with a note, and one that may be a typo with a warning', async () => {
  expect(await predict('agee,sex,__proto__\n40,male,x\n')).toBe(0);
  expect(said.printed.split('\n')[0]).toBe('agee,sex,__proto__,probability,error');
  expect(said.complained).toMatch(
    /^warning: .*rows\.csv: "agee" is not a column of the model; did you mean "age"\? It is copied, and not used\.\n/,
  );
  expect(said.complained).toMatch(
    /note: .*: copied, as the model has no such columns: "agee", "__proto__"\.\n/,
  );
  expect(said.complained).toMatch(
    /note: .*: missing in every row, as the file has no such columns: "age"\.\n/,
  );
  expect(await predict('x,y\n1,2\n')).toBe(1);
  expect(said.complained).toMatch(
    /line 1: the file has none of the columns of the model, which are age, sex/,
  );
});

test('values that no training row has are counted, and columns that come late are named', async () => {
  expect(await predict('age,sex\n5,male\n95,\n40,\n')).toBe(0);
  expect(said.complained).toMatch(
    /^note: .*rows\.csv: values that no training row has: "age" in 2 rows\.\n$/,
  );
  const late = `${'{"sex":"male"}\n'.repeat(20_000)}{"age":40,"x":1}\n`;
  expect(await predict(late, 'late.jsonl')).toBe(0);
  expect(said.complained).toMatch(
    /note: .*late\.jsonl: not copied, as the first rows do not have them: "age", "x"\.\n/,
  );
  const lines = said.printed.trimEnd().split('\n');
  expect([lines[1], lines.at(-1)]).toEqual(['male,0.7,', expect.not.stringContaining('0.5')]);
});

test('semicolons come with decimal commas in the result too', async () => {
  expect(await predict('age;note\n40;1,5\n', 'rows.csv')).toBe(0);
  expect(said.printed).toMatch(/^age;note;probability;error\n40;1,5;0,3\d*;\n$/);
  expect(await predict('age:note\n40:1.5\n', 'rows.csv', '--delimiter', ':')).toBe(0);
  expect(said.printed).toMatch(/^age:note:probability:error\n40:1\.5:0\.3\d*:\n$/);
});

const several = ['softmax: three classes, a tree for one of them', 'sets of categories, with a code'];
test.each(several)('every output of a model has a column: %s', async (about) => {
  const { files, version, rows: asked, answers } = handMade(about);
  const model = assembleModel(files['model.json'], files, version);
  const path = join(folder(), 'asked.jsonl');
  await writeFile(path, asked.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const source = await openSource(path);
  const plan = planColumns(source, model.manifest, true);
  const answer = batchAnswerer(model, { plan, decimal: '.', delimiter: undefined, format: 'parquet' });
  const { content } = answer({ names: namesOf(source), rows: (await readSource(path)).rows });
  await source.close();
  const columns = content as (string | number | null)[][];
  const numbers = columns.filter((cells) => typeof cells[0] === 'number');
  expect(numbers.map((cells) => cells.length)).toEqual(answers[0].map(() => asked.length));
  for (const [k, cells] of numbers.entries())
    for (const [i, cell] of cells.entries()) expect(cell).toBeCloseTo(answers[i][k], 12);
  if (plan.added[0] === 'class') {
    expect(plan.added).toEqual(['class', 'probability_a', 'probability_b', 'probability_c', 'error']);
    expect(columns[0][0]).toBe('abc'[answers[0].indexOf(Math.max(...answers[0]))]);
  } else expect(plan.added.slice(0, 3)).toEqual(['quantile_0.1', 'quantile_0.5', 'quantile_0.9']);
});

test('many rows are answered in threads, in their order and as one thread does', async () => {
  const registry = openRegistry(join(models, 'tiny'));
  const { version } = await registry.publish(tinyArtifactWithInterval());
  const model = await registry.load(version);
  const count = 60_000;
  const lines = Array.from(
    { length: count },
    (_, i) => `${i},${i % 50 === 49 ? 'x' : i % 100},${i % 3 ? 'male' : ''}\n`,
  );
  const path = join(folder(), 'many.csv');
  await writeFile(path, `id,age,sex\n${lines.join('')}`);
  const source = await openSource(path);
  const plan = planColumns(source, model.manifest, true);
  const settings = { plan, decimal: '.', delimiter: ',', format: 'csv' } as const;
  const predicted = { rows: 0, failed: 0 };
  const watch = { onRows() {}, onErrors() {} };
  let text = '';
  for await (const piece of predictFile(
    source,
    model,
    join(registry.folder, version),
    settings,
    predicted,
    watch,
  ))
    text += typeof piece === 'string' ? piece : Buffer.from(piece);
  expect(predicted).toMatchObject({ rows: count, failed: count / 50 });
  const { rows: all } = await readSource(path);
  const alone = batchAnswerer(model, settings)({ names: plan.copied, rows: all });
  expect(text === `id,age,sex,probability,low,high,error\n${Buffer.from(alone.content as Uint8Array)}`).toBe(
    true,
  );
});

test('Parquet holds values of one type in a column', async () => {
  const mixed = [...Array.from({ length: 20 }, () => ({ age: 1, n: 1 })), { age: 1, n: 'many' }];
  const content = mixed.map((row) => JSON.stringify(row)).join('\n');
  expect(await predict(content, 'rows.jsonl', '--out', join(folder(), 'out.parquet'))).toBe(0);
  const bad = `${'{"age":1,"n":1}\n'.repeat(80_000)}{"age":1,"n":"many"}\n`;
  expect(await predict(bad, 'bad.jsonl', '--out', join(folder(), 'bad.parquet'))).toBe(1);
  expect(said.complained).toContain(
    'bad.jsonl: the column "n" has a string among values of another type, which Parquet cannot hold; write CSV or',
  );
});

test('a Parquet file without rows has the columns of its predictions', async () => {
  const none = parquetWriteBuffer({ columnData: [{ name: 'age', data: [], type: 'DOUBLE' }] });
  const out = join(folder(), 'none-out.parquet');
  expect(await predict(new Uint8Array(none), 'none.parquet', '--out', out)).toBe(0);
  const source = await openSource(out);
  expect(namesOf(source)).toEqual(['age', 'probability', 'error']);
  await source.close();
});

test('the errors cannot have the file of the predictions', async () => {
  const out = join(folder(), 'out.csv');
  const errors = join(folder(), 'x', '..', 'out.csv');
  expect(await predict('age\n40\n', 'rows.csv', '--out', out, '--errors', errors)).toBe(1);
  expect(said.complained).toContain('out.csv: is the file of --out: choose another --errors');
  expect(existsSync(out)).toBe(false);
});

test('a last row alone is answered in a thread too', async () => {
  const path = join(folder(), 'clinic.db');
  const database = new DatabaseSync(path);
  database.exec(
    'CREATE TABLE visits AS SELECT value % 100 AS age FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 24577) SELECT value FROM n)',
  );
  database.close();
  expect(await hearth('predict', path, '--models', models)).toBe(0);
  expect(said.printed.split('\n')).toHaveLength(1 + 24_577 + 1);
});
