import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kindsArtifact, modelsFolder } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await modelsFolder();
  const { version } = await folder.registry.publish(kindsArtifact());
  await folder.registry.promote(version);
  app = await buildTestApp({ models: folder.models });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

async function post(url: string, payload: string | object, type = 'application/json') {
  const { body } = await app.inject({
    method: 'POST',
    url,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': type, accept: type === 'text/csv' ? 'application/x-ndjson' : '*/*' },
  });
  return body;
}
const predict = async (row: object, query = '') => JSON.parse(await post(`/predict${query}`, row));
const lines = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Of 16: 1 for a smoker, 2 born from 2000 on, 4 from noon on, 8 in a town that is not Ouro Preto. */
const rows = [
  [{}, 0],
  [{ smoker: true }, 1],
  [{ smoker: false, born: '2000-01-01' }, 2],
  [{ born: '1999-12-31', admitted: '2020-02-29T12:00:00' }, 4],
  [{ admitted: '2020-02-29T11:59:59.999999' }, 0],
  [{ admitted: '2020-02-29T15:00:00Z' }, 4],
  [{ admitted: '2020-02-29T14:59:59Z', town: 'Mariana' }, 8],
  // summer time
  [{ admitted: '2018-01-15T14:00:00Z', town: 'Ouro Preto' }, 4],
  [{ smoker: '?', town: null, born: null }, 0],
] as const;

test('JSON has true and false, and dates and times as text', async () => {
  for (const [row, answer] of rows) expect((await predict(row)).probability).toBe(answer / 16);
});

test('a stream of JSON lines is answered alike, and so are tables', async () => {
  const columns = ['smoker', 'born', 'admitted', 'town'] as const;
  const ndjson = rows.map(([row]) => JSON.stringify(row)).join('\n');
  const csv = [
    columns.join(),
    ...rows.map(([row]) => columns.map((name) => (row as Record<string, unknown>)[name] ?? '').join()),
  ];
  const expected = rows.map(([, answer]) => answer / 16);
  const answers = (body: string) => lines(body).map(({ probability }) => probability);
  expect(answers(await post('/predict', ndjson, 'application/x-ndjson'))).toEqual(expected);
  // blank lines are left out of a table, but this one has delimiters
  expect(answers(await post('/predict', csv.join('\n'), 'text/csv'))).toEqual(expected);
});

test('a table has the texts that R, pandas and Excel write', async () => {
  const csv =
    'smoker;born;admitted\nTRUE; 2000-01-01 ;2020-02-29 12:00:00\nFalse;1999-12-31;\n1;;2020-02-29T12:00';
  const answers = lines(await post('/predict', csv, 'text/csv'));
  expect(answers.map(({ probability }) => probability * 16)).toEqual([7, 0, 5]);
});

test.each([
  [{ smoker: 1 }, 'is a number; allowed: true, false, or null where it is not known'],
  [{ smoker: 'true' }, 'is text; allowed: true, false, or null where it is not known'],
  [{ born: '2023-02-30' }, 'is a date that does not exist; allowed: a date from 1900-01-01 to 2024-12-31'],
  [{ born: '2000-01-01T00:00:00' }, 'is not a date such as 2024-02-29; allowed: a date from'],
  [{ born: '1899-12-31' }, 'is too early; allowed: a date from 1900-01-01 to 2024-12-31'],
  // still 2029 in São Paulo, and no more
  [{ admitted: '2030-01-01T03:00:01Z' }, 'is too late; allowed: a date and time from 2010-01-01T00:00:00'],
  [{ town: 3 }, 'is a number; allowed: "Ouro Preto", "Mariana", or another text'],
])('%j is a fault', async (row, fault) => {
  const { errors } = await predict(row);
  expect(errors).toHaveLength(1);
  expect(errors[0].detail).toContain(fault);
});

test.each([
  [{ town: 'Sabará' }, '/town', 'is a category that no training row has'],
  [{ born: '1929-12-31' }, '/born', 'is outside the range of the training rows, 1930-01-01 to 2006-12-31'],
  [
    { admitted: '2025-01-01T02:59:59Z', born: '2007-01-01' },
    '/born',
    'is outside the range of the training rows, 1930-01-01 to 2006-12-31',
  ],
  [
    { admitted: '2025-01-01T03:00:00Z' },
    '/admitted',
    'is outside the range of the training rows, 2015-01-01T00:00:00 to 2024-12-31T23:59:59',
  ],
])('%j is answered with a warning', async (row, pointer, detail) => {
  const { warnings } = await predict(row);
  expect(warnings).toEqual([{ pointer, detail }]);
});

test('contributions explain the answer to the row that was sent', async () => {
  const row = { smoker: true, born: '2001-05-05', admitted: '2020-02-29T15:00:00.25Z', town: 'Sabará' };
  const { contributions, probability } = await predict(row, '?explain=true');
  expect(probability).toBe(15 / 16);
  expect(contributions.base).toBe(7.5 / 16);
  expect(contributions.values).toEqual({ smoker: 0.5 / 16, born: 1 / 16, admitted: 2 / 16, town: 4 / 16 });
});

test('tensors are BOOL, and BYTES for dates, times and categories', async () => {
  const { inputs } = JSON.parse((await app.inject('/v2/models/tiny')).body);
  expect(inputs.map(({ datatype }: { datatype: string }) => datatype)).toEqual([
    'BOOL',
    'BYTES',
    'BYTES',
    'BYTES',
  ]);
  const tensor = (name: string, datatype: string, data: unknown[]) => ({ name, datatype, shape: [2], data });
  const infer = async (...inputs: object[]) => JSON.parse(await post('/v2/models/tiny/infer', { inputs }));
  const { outputs } = await infer(
    tensor('smoker', 'BOOL', [true, false]),
    tensor('born', 'BYTES', ['2000-01-01', '']),
    tensor('admitted', 'BYTES', [null, '2020-02-29T15:00:00Z']),
    tensor('town', 'BYTES', ['Sabará', 'Ouro Preto']),
  );
  expect(outputs[0].data).toEqual([11 / 16, 4 / 16]);
  const { error } = await infer(tensor('smoker', 'BOOL', [true, 1]));
  expect(error).toBe('the input "smoker", row 1: is not true or false');
  const table = {
    name: 'all',
    datatype: 'BYTES',
    shape: [1, 4],
    data: ['true', '', '2020-02-29T15:00:00Z', ''],
  };
  expect((await infer(table)).outputs[0].data).toEqual([5 / 16]);
});

test('the document of the API describes the columns, and its example is answered', async () => {
  const document = JSON.parse((await app.inject('/openapi.json')).body);
  const { properties, examples } = document.components.schemas.Row;
  expect(properties).toMatchObject({
    smoker: { anyOf: [{ type: ['boolean', 'null'] }, { enum: ['?'] }] },
    born: { type: ['string', 'null'], format: 'date', 'x-minimum': '1900-01-01' },
    admitted: { type: ['string', 'null'], anyOf: [{ format: 'date-time' }, { pattern: expect.any(String) }] },
    town: { type: ['string', 'null'], anyOf: [{ enum: ['Ouro Preto', 'Mariana', null] }, {}] },
  });
  expect(await predict(examples[0])).toHaveProperty('probability');
});

test('the model is described with its time zone, and so is its card', async () => {
  const model = JSON.parse((await app.inject('/model')).body);
  expect(model.timeZone).toBe('America/Sao_Paulo');
  expect(model.columns[3]).toMatchObject({ type: 'category', open: true });
  const card = (await app.inject('/model/card')).body;
  expect(card).toContain('1930-01-01 to 2006-12-31');
  expect(card).toContain('America/Sao_Paulo');
});
