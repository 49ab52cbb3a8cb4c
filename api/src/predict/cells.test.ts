import { tinyArtifact } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { buildApp } from '../app.ts';

/*
 * What a cell means does not depend on the way it comes: as JSON alone, in a list or in a line, as CSV, as a tensor of one column or of
 * all, to /predict, /v2 or /invocations.
 */
type Cells = Record<string, number | string | null>;

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let names: string[];

beforeAll(async () => {
  folder = await modelsFolder();
  const artifact = tinyArtifact((draft) => {
    const [age, sex, weight] = draft.columns;
    const number = { label: age.label, description: age.description, group: 'all', required: false };
    const seen = { minimum: 1, maximum: 5 };
    Object.assign(age, { missingCodes: ['9', '-99', 'NR'] });
    Object.assign(sex, { missingCodes: ['?'], unseen: ['female'] });
    Object.assign(weight, { missingCodes: ['-0.1'] });
    draft.columns.push(
      { ...number, name: 'grade', type: 'integer', minimum: 1, maximum: 5, enum: [1, 3, 5], seen },
      { ...number, name: 'id', type: 'integer', minimum: 0, maximum: 2 ** 60, seen },
      { ...number, name: 'free', type: 'number', seen },
      {
        ...number,
        name: 'ward',
        type: 'category',
        missingCodes: ['?'],
        categories: [{ value: 'A 1', label: age.label }],
      },
      { ...number, name: 'visits', type: 'integer', minimum: 0, maximum: 9, seen },
      { ...number, name: 'seen_on', type: 'date', seen: { minimum: '2020-01-01', maximum: '2020-12-31' } },
    );
    for (const column of ['weight', 'grade', 'id', 'free']) draft.features.push({ column });
    names = draft.columns.map(({ name }) => name);
  });
  const { version } = await folder.registry.publish(artifact);
  await folder.registry.promote(version);
  app = await buildApp({ models: folder.models });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

interface Said {
  probability?: number;
  warnings: string[];
  /** What is wrong, where the row is refused. */
  refusal?: string;
}

const post = (url: string, type: string, payload: string, accept = '*/*') =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': type, accept, 'x-request-id': 'q' },
  });

const warningsOf = (warnings: { pointer: string; detail: string }[] = []) =>
  warnings.map(({ pointer, detail }) => `${pointer.split('/').at(-1)} ${detail}`);

const said = ({ probability, warnings, errors }: Record<string, never>): Said =>
  errors ? { warnings: [], refusal: warningsOf(errors)[0] } : { probability, warnings: warningsOf(warnings) };

const csvOf = (row: Cells, delimiter: string, header: string[] | undefined): string => {
  const cells = (header ?? names).map((name) => String(row[name] ?? ''));
  const decimal = delimiter === ';' ? cells.map((cell) => cell.replace('.', ',')) : cells;
  return `${header ? `${header.join(delimiter)}\n` : ''}${decimal.join(delimiter)}\n`;
};

const unusual = (row: Cells) =>
  JSON.stringify(row).replace(/"(\w)/, (_, first) => `"\\u00${first.charCodeAt(0).toString(16)}`);

async function infer(inputs: object[]): Promise<Said> {
  const response = (
    await post('/v2/models/tiny/infer', 'application/json', JSON.stringify({ inputs }))
  ).json();
  if (response.error)
    return { warnings: [], refusal: response.error.replace(/^the input "(\w+)", row 0:/, '$1') };
  const output = (name: string) =>
    response.outputs.find((each: { name: string }) => each.name === name).data[0];
  return { probability: output('probability'), warnings: warningsOf(JSON.parse(output('warnings'))) };
}

const json = 'application/json';
const lines = 'application/x-ndjson';
const formats: Record<string, (row: Cells) => Promise<Said>> = {
  'one row of JSON': async (row) => said((await post('/predict', json, JSON.stringify(row))).json()),
  'JSON that is not plain': async (row) => said((await post('/predict', json, unusual(row))).json()),
  'a list of JSON': async (row) => {
    const body = (await post('/predict', json, JSON.stringify([row]))).json();
    return said(body.predictions?.[0] ?? body);
  },
  'a line of JSON': async (row) => said((await post('/predict', lines, JSON.stringify(row))).json()),
  CSV: async (row) => said((await post('/predict', 'text/csv', csvOf(row, ',', names), lines)).json()),
  'CSV with semicolons': async (row) =>
    said((await post('/predict', 'text/csv', csvOf(row, ';', names), lines)).json()),
  'tensors of columns': (row) =>
    infer(
      Object.entries(row).map(([name, value]) => ({
        name,
        shape: [1],
        datatype: typeof value === 'string' ? 'BYTES' : 'FP64',
        data: [value],
      })),
    ),
  'a tensor of all columns': (row) => {
    const data = names.map((name) => (row[name] == null ? null : String(row[name])));
    return infer([{ name: 'all', shape: [1, names.length], datatype: 'BYTES', data }]);
  },
  'an invocation by JSON': async (row) =>
    said((await post('/invocations', json, JSON.stringify(row))).json()),
  'an invocation by lines of JSON': async (row) =>
    said((await post('/invocations', 'application/jsonlines', JSON.stringify(row))).json()),
  'an invocation by CSV': async (row) => {
    const body = (await post('/invocations', 'text/csv', csvOf(row, ',', undefined), json)).json();
    return said(body.predictions?.[0] ?? body);
  },
};

test.each<[string, Cells, Cells]>([
  ['a code within the limits', { age: 9, sex: 'male' }, { sex: 'male' }],
  ['a code outside the limits', { age: -99, sex: 'male' }, { sex: 'male' }],
  ['a code of a category', { age: 40, sex: '?' }, { age: 40 }],
  ['a code with decimals', { age: 40, weight: -0.1 }, { age: 40 }],
])('%s is a value that is not known, in every format', async (_, row, meant) => {
  for (const [format, ask] of Object.entries(formats)) {
    const answer = await ask(row);
    expect(answer.probability, format).toEqual(expect.any(Number));
    expect(answer, format).toEqual(await ask(meant));
  }
});

test('a code of letters for a number is a value that is not known, wherever text can be sent', async () => {
  for (const [format, ask] of Object.entries(formats)) {
    if (format === 'tensors of columns') continue; // of numbers, which cannot hold text
    expect(await ask({ age: 'NR', sex: 'male' }), format).toEqual(await ask({ sex: 'male' }));
  }
});

test('a category that no training row has is answered with a warning, in every format', async () => {
  for (const [format, ask] of Object.entries(formats)) {
    const { warnings } = await ask({ age: 40, sex: 'female' });
    expect(warnings, format).toEqual(['sex is a category that no training row has']);
    expect((await ask({ age: 40, sex: 'male' })).warnings, format).toEqual([]);
  }
});

test('a number outside of what training saw has no limit, but a warning, in every format', async () => {
  for (const [format, ask] of Object.entries(formats)) {
    const { probability, warnings } = await ask({ age: 40, free: -3.4e38 });
    expect(warnings, format).toEqual(['free is outside the range of the training rows, 1 to 5']);
    expect(probability, format).toBe((await ask({ age: 40 })).probability);
  }
});

test.each<Cells>([
  { ward: 'elsewhere' },
  { ward: 7 },
  { visits: 'many' },
  { visits: 1e300 },
  { visits: -0.5 },
  { seen_on: 'yesterday' },
  { ward: '?', visits: 9 },
])('the values %j of columns that the model does not use are answered, in every format', async (row) => {
  const without = { age: 40, sex: 'male' };
  for (const [format, ask] of Object.entries(formats)) {
    const { probability, warnings, refusal } = await ask({ ...without, ...row });
    expect(refusal, format).toBeUndefined();
    expect(probability, format).toBe((await ask(without)).probability);
    for (const warning of warnings) expect(warning, format).toContain('is not used by this model');
    expect(warnings, format).toHaveLength(1);
  }
});

test('a list or an object is no value, of a column that the model does not use either', async () => {
  const response = await post('/predict', json, '{"ward":["A 1"],"visits":{}}');
  expect(response.statusCode).toBe(422);
  expect(response.json().errors).toEqual([
    { pointer: '/ward', detail: expect.stringContaining('is a list; this model ignores the column') },
    { pointer: '/visits', detail: expect.stringContaining('is an object') },
  ]);
});

test.each<[string, Cells, string]>([
  ['a number that is none of the values', { grade: 2 }, 'grade is not one of the values; allowed: 1, 3, 5'],
  ['a number outside the limits that is no code', { age: -98 }, 'age is too small'],
  ['a number beyond float32', { free: -4e38 }, 'free is too large for a number; allowed: a number, or '],
  [
    'a category in capitals',
    { sex: 'MALE' },
    'sex is not one of the categories; did you mean "male"? Allowed: ',
  ],
  [
    'a category without its space',
    { sex: 'fe male' },
    'sex is not one of the categories; did you mean "female"?',
  ],
  [
    'a whole number that cannot be read exactly',
    { id: 9007199254740992 },
    'id is a whole number beyond 2^53 - 1, which cannot be read exactly; allowed: a whole number from 0 to 9007199254740991',
  ],
])('%s is refused, in every format', async (_, row, detail) => {
  for (const [format, ask] of Object.entries(formats)) {
    expect((await ask(row)).refusal, format).toContain(detail);
  }
});

test('a number of 32 bits is the limit, or the code, that has its bits', async () => {
  const ask = (weight: number, parameters = {}) =>
    infer([{ name: 'weight', shape: [1], datatype: 'FP32', data: [weight], parameters }]);
  expect(await ask(Math.fround(-0.1))).toEqual(await ask(0, { missing_value: 0 }));
  expect(await ask(Math.fround(-0.3), { missing_value: -0.3 })).toEqual(await ask(0, { missing_value: 0 }));
  expect((await ask(Math.fround(-0.3))).refusal).toContain('weight is too small');
});

test('a code counts as not given, and a category that no training row has as out of range', async () => {
  const count = async (what: string, column: string) => {
    const name = `hearth_inputs_${what}_total{model="tiny",version="[^"]*",column="${column}"}`;
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await app.inject('/metrics')).body)?.[1] ?? 0);
  };
  const before = [await count('missing', 'age'), await count('out_of_range', 'sex')];
  await formats['a list of JSON']({ age: 9, sex: 'female' });
  await formats['a list of JSON']({ age: 40, sex: 'male' });
  const after = [await count('missing', 'age'), await count('out_of_range', 'sex')];
  expect(after).toEqual(before.map((counted) => counted + 1));
});

test('an explanation of a row with a code is that of the row without it, in every format that has one', async () => {
  const explain = async (type: string, payload: string) =>
    (await post('/predict?explain=true', type, payload, type === json ? json : lines)).json().contributions;
  const meant = await explain(json, '{"sex":"male"}');
  expect(meant.values).toHaveProperty('age');
  for (const row of [
    { age: 9, sex: 'male' },
    { age: 'NR', sex: 'male' },
  ]) {
    expect(await explain(json, JSON.stringify(row))).toEqual(meant);
    expect(await explain(lines, JSON.stringify(row))).toEqual(meant);
    expect(await explain('text/csv', csvOf(row, ',', names))).toEqual(meant);
  }
  const csv = async (row: Cells) =>
    (await post('/predict?explain=true', 'text/csv', csvOf(row, ',', names), 'text/csv')).body;
  expect(await csv({ age: 9, sex: 'male' })).toBe(await csv({ sex: 'male' }));
});
