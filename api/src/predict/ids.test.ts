import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyApp } from '../../testing/serve.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;
beforeAll(async () => {
  tiny = await tinyApp();
});
afterAll(() => tiny.close());

const ask = (url: string, type: string, payload: string | object, headers = {}) =>
  tiny.app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, ...headers } });

const json = 'application/json';
const linesOf = (body: string) => body.trimEnd().split('\n');
const ofLines = (body: string) => linesOf(body).map((line) => JSON.parse(line).id);
const ofList = (body: string) => JSON.parse(body).predictions.map(({ id }: { id: string }) => id);
const ofCells = (body: string) => linesOf(body).map((line) => line.split(',').at(-1));
const ofTensor = (body: string) =>
  JSON.parse(body).outputs.find(({ name }: { name: string }) => name === 'id').data;

const three = '{}\n{"age":40}\n{}\n';
const tensor = { name: 'age', shape: [3], datatype: 'INT64', data: [1, 2, 3] };
test.each<[string, string, string, string | object, (body: string) => unknown]>([
  ['a list', '/predict', json, [{}, {}, {}], ofList],
  ['JSON lines', '/predict', 'application/x-ndjson', three, ofLines],
  ['CSV', '/predict', 'text/csv', 'age\n1\n2\n3\n', (body) => ofCells(body).slice(1)],
  ['tensors', '/v2/models/tiny/infer', json, { id: '42', inputs: [tensor] }, ofTensor],
  ['an invocation by JSON', '/invocations', json, { instances: [{}, {}, {}] }, ofList],
  ['an invocation by JSON lines', '/invocations', 'application/jsonlines', three, ofLines],
  ['an invocation by CSV', '/invocations', 'text/csv', '1,,\n2,,\n3,,\n', ofCells],
])(
  'the id of an answer to %s is that of the request and the place of the row',
  async (_, url, type, body, ids) => {
    const own = await ask(url, type, body, { 'x-request-id': 'own-1' });
    expect(ids(own.body)).toEqual(['own-1:0', 'own-1:1', 'own-1:2']);
    const drawn = await ask(url, type, body);
    const id = drawn.headers['x-request-id'];
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    expect(ids(drawn.body)).toEqual([`${id}:0`, `${id}:1`, `${id}:2`]);
  },
);

test('an answer to one row is the first of its request', async () => {
  expect((await ask('/predict', json, {}, { 'x-request-id': 'own-1' })).json().id).toBe('own-1:0');
});

test('the places of a long batch go on from one piece to the next', async () => {
  const { body } = await ask('/predict', json, Array(450).fill({}), { 'x-request-id': 'q' });
  expect(ofList(body)).toEqual(Array.from({ length: 450 }, (_, i) => `q:${i}`));
});

test('a line at fault has no answer and no id, and takes its place', async () => {
  const lines = (
    await ask('/predict', 'application/x-ndjson', '{}\n{"age":"x"}\n{}', { 'x-request-id': 'q' })
  ).body;
  expect(ofLines(lines)).toEqual(['q:0', undefined, 'q:2']);
  const table = (await ask('/predict', 'text/csv', 'age\n1\nx\n3\n', { 'x-request-id': 'q' })).body;
  expect(ofCells(table).slice(1)).toEqual(['q:0', '', 'q:2']);
});
