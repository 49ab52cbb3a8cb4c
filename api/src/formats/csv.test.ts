import { isNumeric } from '@hearth/artifact';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { tinyApp } from '../../testing/serve.ts';
import { buildApp } from '../app.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;

beforeAll(async () => {
  tiny = await tinyApp();
});
afterAll(() => tiny.close());

const post = (payload: string | Buffer, headers: Record<string, string> = {}, query = '') =>
  tiny.app.inject({
    method: 'POST',
    url: `/predict${query}`,
    headers: { 'content-type': 'text/csv', 'x-request-id': 'q', ...headers },
    payload,
  });

const ndjson = { accept: 'application/x-ndjson' };
const objects = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('each line gets the answer that the same row gets as JSON', async () => {
  const response = await post('age,sex\n40,male\n60,female\n,male\n60,\n', ndjson);
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('application/x-ndjson');
  const rows = [{ age: 40, sex: 'male' }, { age: 60, sex: 'female' }, { sex: 'male' }, { age: 60 }];
  const single = await Promise.all(
    rows.map(async (payload) => (await tiny.app.inject({ method: 'POST', url: '/predict', payload })).json()),
  );
  expect(objects(response.body)).toEqual(single.map((answer, i) => ({ ...answer, id: `q:${i}` })));
});

test('CSV is answered as CSV, one line for each', async () => {
  const response = await post('age,sex\n40,male\n99,male\n');
  expect(response.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
  expect(response.body).toBe(
    [
      'probability,model,warnings,errors,id',
      `0.5,${tiny.version},,,q:0`,
      `0.7,${tiny.version},"age is outside the range of the training rows, 29 to 77",,q:1`,
      '',
    ].join('\n'),
  );
});

test('semicolons, decimal commas, quotes and a byte-order mark are read as Excel and R in Brazil write them', async () => {
  const response = await post('\uFEFF"age";"sex";"weight"\r\n40;"male";72,5\r\n60;male;\r\n');
  const [header, first, second] = response.body.split('\n');
  expect(header).toBe('probability;model;warnings;errors;id');
  expect(first).toBe(`0,5;${tiny.version};weight is not used by this model;;q:0`);
  expect(second).toBe(`0,7;${tiny.version};;;q:1`);
});

test('explain adds a column for each used column of the model', async () => {
  const response = await post('age\n40\n', {}, '?explain=true');
  const [header, line] = response.body.split('\n').map((text) => text.split(','));
  expect(header).toEqual([
    'probability',
    'model',
    'warnings',
    'errors',
    'contributions',
    'base',
    'age',
    'sex',
    'id',
  ]);
  expect(line[4]).toBe('chance');
  const [base, age, sex] = line.slice(5, 8).map(Number);
  expect(base + age + sex).toBeCloseTo(Number(line[0]), 9);
});

test('a bad line is answered in its place, and the rest goes on', async () => {
  const bad = ['x,male', '54', '5"4,male', '"54,male', '54,none', '1e999,male', '0x36,male', '54," male"'];
  const response = await post(`age,sex\n40,male\n${bad.join('\n')}\n40,male\n`, ndjson);
  const answers = objects(response.body);
  expect(answers).toHaveLength(bad.length + 2);
  expect(answers.at(0).probability).toBe(0.5);
  expect(answers.at(-1).probability).toBe(0.5);
  expect(answers.slice(1, -1).map(({ status, line }) => [status, line])).toEqual(
    bad.map((_, i) => [422, i + 3]),
  );
  expect(answers[1].errors[0]).toMatchObject({
    pointer: '/age',
    detail: expect.stringContaining('is not a number;'),
  });
  expect(answers[2].errors[0].detail).toBe('has 1 cells; the header has 2');
  expect(answers[4].errors[0].detail).toBe('has quotes that do not pair up');
  expect(answers[6].errors[0].detail).toContain('is too large for a number');
});

test('in CSV out, a bad line says which it is', async () => {
  const { body } = await post('age,sex\n40,male\nx,y\n');
  expect(body.split('\n')[2]).toMatch(
    /^,,,"line 3: age is not a number; .*\|.*sex is not one of the categories.*",$/,
  );
});

test('an answer stays one line, whatever the texts of the model', async () => {
  const { models, registry, remove } = await modelsFolder();
  await registry.publish(
    tinyArtifact(({ columns }) => {
      for (const column of columns) if (isNumeric(column)) column.unit = { en: 'a\r\nb\u2028', 'pt-BR': '' };
    }),
  );
  await registry.promote('latest');
  const app = await buildApp({ models });
  const headers = { 'content-type': 'text/csv' };
  const { body } = await app.inject({ method: 'POST', url: '/predict', headers, payload: 'age\nold\n40\n' });
  expect(body.trimEnd().split(/[\r\n\u2028]/)).toHaveLength(3);
  await app.close();
  await remove();
});

test('with semicolons a decimal point is refused where it could separate thousands', async () => {
  const answers = objects((await post('age;weight\n1.234;70\n40.0;72.5\n', ndjson)).body);
  expect(answers[0].errors[0].detail).toContain('is ambiguous, as its point could separate thousands');
  expect(answers[1].probability).toBeCloseTo(0.3, 12);
});

test('NA is a fault, with the way to write a missing value', async () => {
  const [answer] = objects((await post('age,sex\nNA,male\n', ndjson)).body);
  expect(answer.errors[0].detail).toContain('na = ""');
});

test.each([
  ['agee,sex\n1,male\n', '/agee', 'did you mean "age"?'],
  ['"",age\n1,54\n', '/', 'has no name'],
  ['sep=;\nagee;sex\n', '/agee', 'did you mean "age"?'],
  ['sep=;\n\n', '', 'is empty'],
  ['age,sex,age\n1,male,1\n', '/age', 'is given more than once'],
  ['__proto__,age\n1,1\n', '/__proto__', 'is not a column'],
  ['', '', 'is empty'],
  ['"age\n54\n', '', 'quotes in its header'],
])('a header such as %j is refused before anything is answered', async (csv, pointer, detail) => {
  const response = await post(csv);
  expect(response.statusCode).toBe(422);
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(response.json().errors[0]).toMatchObject({ pointer, detail: expect.stringContaining(detail) });
});

test('a header of ten thousand columns is refused with one fault', async () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',');
  expect((await post(names)).json().errors).toHaveLength(1);
});
