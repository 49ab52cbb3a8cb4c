import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, levelsOf, type Model, type Value } from '@hearth/artifact';
import { tinyArtifact } from '@hearth/artifact/testing';
import {
  type ExampleColumn,
  type ExampleRow,
  exampleCodes,
  exampleColumns,
} from '@hearth/artifact/testing/text-tables';
import { decimalOf, delimiterOf } from '@hearth/artifact/text-table';
import {
  InputError,
  predictFile,
  prepare,
  readPackage,
  readTable,
  writeExample,
} from '@hearth/training/testing/text-tables';
import { buildApp } from '../src/app.ts';
import { defaultSafety } from '../src/safety/index.ts';
import { modelsFolder } from './models.ts';

/** What a table says: its rows, or what is wrong with it, in the order of the records. */
export type Reading = { rows: ExampleRow[] } | { faults: Fault[] };
export interface Fault {
  /** From 1; undefined where the way does not say it. */
  line?: number;
  column?: string;
  detail: string;
}

type Delimiter = ',' | ';' | '\t';

/** A table with its dialect, which some ways have to know to put another column into it. */
export interface Asked {
  table: string;
  delimiter: Delimiter;
  columns: readonly ExampleColumn[];
}

/** Every way in that takes a whole table. */
export interface Ways {
  prepare(asked: Asked): Promise<Reading>;
  train(asked: Asked): Promise<Reading>;
  'hearth predict'(asked: Asked): Promise<Reading>;
  '/predict'(asked: Asked): Promise<Reading>;
  '/invocations'(asked: Asked): Promise<Reading>;
  /** A row of texts, one for each column. */
  v2(cells: readonly string[]): Promise<Reading>;
  close(): Promise<void>;
}

const names = Object.keys(exampleColumns) as ExampleColumn[];
const both = (text: string) => ({ en: text, 'pt-BR': text });

/** A model of the columns of the examples. */
function exampleArtifact() {
  return tinyArtifact((draft) => {
    const texts = { label: both('x'), description: both('x'), group: 'all', required: false };
    draft.columns = names.map((name): Column => {
      const { allowed: _, ...column } = exampleColumns[name];
      const shared = { ...texts, name, missingCodes: exampleCodes };
      if (column.type === 'category') {
        const categories = column.categories.map((value) => ({ value, label: both(value) }));
        return { ...shared, type: column.type, categories };
      }
      const { minimum, maximum } = column;
      return { ...shared, ...column, seen: { minimum, maximum } };
    });
    draft.features = [{ column: 'i' }, { column: 'c', equals: 'a' }, { column: 'n' }];
    draft.golden = [{ row: { i: 40, c: 'a' }, answer: 0.5 }];
  });
}

export async function openWays(): Promise<Ways> {
  const folder = await modelsFolder();
  const { version } = await folder.registry.publish(exampleArtifact());
  await folder.registry.promote(version);
  const model = await folder.registry.load(version);
  let seen: ExampleRow[] = [];
  const app = await buildApp({
    models: folder.models,
    safety: { ...defaultSafety, rateLimit: 0, shedAfter: 0 },
    observe: ({ cells }) => {
      for (let at = 0; at < cells.length; at += names.length) seen.push(rowOf(model, cells, at));
    },
  });
  const ask = async (url: string, type: string, accept: string, payload: string) => {
    seen = [];
    const response = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': type, accept },
    });
    return response.body;
  };
  /** Only what the table has in it. */
  const seenOf = (columns: readonly ExampleColumn[]) =>
    seen.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));

  return {
    prepare: (asked) => byFiles(asked, async (path) => readPrepared(path, asked.columns)),
    train: (asked) => byFiles(asked, (path) => readTrained(path, asked.columns)),
    async 'hearth predict'({ table, delimiter, columns }) {
      const path = join(folder.models, 'asked.csv');
      await writeFile(path, table);
      seen = [];
      const predictCells: Model['predictCells'] = (cells) => {
        for (let at = 0; at < cells.length; at += names.length) seen.push(rowOf(model, cells, at));
        return model.predictCells(cells);
      };
      return orFaults(path, 0, async () => {
        const text = await predictFile(path, { ...model, predictCells });
        // the answers are read back in the dialect of the question
        if (delimiterOf(text.split('\n', 1)[0]) !== delimiter) throw new Error('answered in another dialect');
        return seenOf(columns);
      });
    },
    async '/predict'({ table, columns }) {
      const body = await ask('/predict', 'text/csv', 'application/x-ndjson', table);
      const answers = body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const faults = answers.flatMap(faultsOf);
      return faults.length > 0 ? { faults } : { rows: seenOf(columns) };
    },
    async '/invocations'({ table, columns }) {
      const answer = JSON.parse(await ask('/invocations', 'text/csv', 'application/json', table));
      return answer.errors ? { faults: faultsOf(answer) } : { rows: seenOf(columns) };
    },
    async v2(data) {
      const inputs = [{ name: 'all', shape: [1, data.length], datatype: 'BYTES', data }];
      const answer = JSON.parse(
        await ask('/v2/models/tiny/infer', 'application/json', '*/*', JSON.stringify({ inputs })),
      );
      if (!answer.error) return { rows: seenOf(names) };
      const [, column, detail] = /^the input "(\w+)", row 0: (.*)$/s.exec(answer.error) ?? [];
      return { faults: [{ column, detail }] };
    },
    async close() {
      await app.close();
      await folder.remove();
    },
  };
}

function rowOf({ manifest: { columns } }: Model, cells: Float64Array, at: number): ExampleRow {
  const entries = columns.map((column, i): [string, Value | null] => {
    const cell = cells[at + i];
    return [column.name, Number.isNaN(cell) ? null : (levelsOf(column)?.[cell] ?? cell)];
  });
  return Object.fromEntries(entries);
}

interface Answer {
  line?: number;
  errors?: { pointer: string; detail: string }[];
}

/** The faults of an answer. A batch says which row it was, a stream which line. */
const faultsOf = ({ line, errors = [] }: Answer): Fault[] =>
  errors.map(({ pointer, detail }) => {
    const column = pointer.split('/').at(-1);
    return { line, column: names.find((name) => name === column), detail };
  });

const good = Array.from({ length: 40 }, (_, i) => ({ y: String(i % 2), n: '1', i: '1', c: 'a' }));

/** A table to train from has a target as well: a first column of it is put before each record, and enough rows below. */
async function byFiles(
  { table, delimiter, columns }: Asked,
  read: (path: string) => Promise<ExampleRow[]>,
): Promise<Reading> {
  const mark = table.startsWith('\uFEFF') ? '\uFEFF' : '';
  const end = /\r\n|\n|\r/.exec(table)?.[0] ?? '\n';
  const lines = table.slice(mark.length).split(/(\r\n|\n|\r)/);
  let count = -1;
  const widened = lines.map((line, i) => {
    const isBlank = line.trim() === '' && !(delimiter === '\t' && line.includes('\t'));
    if (i % 2 === 1 || isBlank || /^"?sep=/i.test(line)) return line;
    count++;
    return `${count === 0 ? 'y' : count % 2}${delimiter}${line}`;
  });
  const below = good.map((row) => [row.y, ...columns.map((name) => row[name])].join(delimiter) + end);
  const text = mark + widened.join('') + (/[\r\n]$/.test(table) ? '' : end) + below.join('');
  const path = await writeExample(columns, text);
  try {
    const reading = await orFaults(join(path, '..', 't.csv'), good.length, () => read(path));
    if ('faults' in reading)
      for (const fault of reading.faults)
        fault.detail = fault.detail.replace(
          /^has (\d+) cells; the header has (\d+)$/,
          (_, has, header) => `has ${has - 1} cells; the header has ${header - 1}`,
        );
    return reading;
  } finally {
    await rm(join(path, '..'), { recursive: true });
  }
}

async function readTrained(path: string, columns: readonly ExampleColumn[]): Promise<ExampleRow[]> {
  const { inputs } = await readTable(await readPackage(path));
  return inputs.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
}

/** The table that is prepared, and read again: it says the same. */
async function readPrepared(path: string, columns: readonly ExampleColumn[]): Promise<ExampleRow[]> {
  const folder = join(path, '..');
  await writeFile(join(folder, 'corrections.json'), '{"from":"t.csv","to":"prepared.csv","steps":[]}');
  const data = await readPackage(path);
  await prepare(data);
  const text = await readFile(join(folder, 'prepared.csv'), 'utf8');
  if (decimalOf(delimiterOf(text.split('\n', 1)[0])) !== '.') throw new Error('prepared in another dialect');
  const { inputs } = await readTable({ ...data, csv: join(folder, 'prepared.csv') });
  return inputs.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])));
}

/** The rows without those that were put below, or the faults that an InputError lists. */
async function orFaults(path: string, below: number, read: () => Promise<ExampleRow[]>): Promise<Reading> {
  try {
    const rows = await read();
    return { rows: rows.slice(0, rows.length - below) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { faults: error.message.split('\n').map((text) => faultOf(path, text)) };
  }
}

/** Of `FILE, line 2, column "n": "x" is not a number`. */
function faultOf(path: string, text: string): Fault {
  const [, line, rest] = /^, line (\d+)(.*)$/s.exec(text.slice(path.length)) ?? [];
  const [, column, after] = /^, column "(\w)": (.*)$/s.exec(rest) ?? [];
  if (column === undefined) {
    const [, named, fault] = /^: column "(\w?)" (.*)$/s.exec(rest) ?? [];
    return { line: Number(line), column: named || undefined, detail: fault ?? rest.slice(2) };
  }
  // the value stands in quotes before the fault, and may hold quotes itself
  const detail = after.slice(after.lastIndexOf('" ', after.search(/(; a|\? A)llowed: |$/)) + 2);
  return { line: Number(line), column, detail };
}
