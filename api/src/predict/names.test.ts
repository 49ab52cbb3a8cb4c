import { type NumericColumn, pointerTo, type Row } from '@hearth/artifact';
import { tinyArtifact } from '@hearth/artifact/testing';
import { tableWriter } from '@hearth/artifact/text-table';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { buildApp } from '../app.ts';

/** Names that every JavaScript object knows, that answers have too, or that hold the signs of a format. */
const names = [
  ...['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'],
  ...['low', 'high', 'probability', 'version', 'model', 'warnings', 'errors', 'contributions', 'base', 'id'],
  ...[
    'instances',
    'inputs',
    'distance, km',
    'a;b',
    'say "x"',
    'two words',
    "it's",
    'a/b~c',
    '日本',
    '%20&=#',
  ],
];
/** Each column has another value outside of what training saw, so that its warning shows that it was read. */
const row: Row = Object.fromEntries(names.map((name, i) => [name, 10 + i]));
const wanted = names.map((name) => ({
  pointer: pointerTo('', name),
  detail: 'is outside the range of the training rows, 0 to 1',
}));

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
beforeAll(async () => {
  folder = await modelsFolder();
  const artifact = tinyArtifact((draft) => {
    const [age] = draft.columns;
    const shared = { ...age, type: 'integer', seen: { minimum: 0, maximum: 1 }, example: undefined } as const;
    draft.columns.push(
      ...names.map((name): NumericColumn => ({ ...shared, name, minimum: undefined, maximum: undefined })),
    );
    draft.features.push(...names.map((column) => ({ column })));
    draft.golden.push({ row: row as Record<string, number>, answer: draft.golden[0].answer });
  });
  const { version } = await folder.registry.publish(artifact);
  await folder.registry.promote(version);
  app = await buildApp({ models: folder.models });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

const post = async (url: string, type: string, payload: string, accept = '*/*') =>
  (await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, accept } })).body;
const json = 'application/json';
const lines = 'application/x-ndjson';
const text = JSON.stringify(row);
const csvOf = (delimiter: ',' | ';') => {
  const { header, line } = tableWriter(delimiter);
  return [header(names), line(Object.values(row).map(String))] as const;
};
const infer = async (inputs: object[]) => {
  const body = JSON.parse(await post('/v2/models/tiny/infer', json, JSON.stringify({ inputs })));
  return {
    warnings: JSON.parse(body.outputs.find((each: { name: string }) => each.name === 'warnings').data),
  };
};

test.each<[string, () => Promise<{ warnings: unknown }>]>([
  ['JSON', async () => JSON.parse(await post('/predict', json, text))],
  [
    'JSON that is not plain',
    async () => JSON.parse(await post('/predict', json, `{"age": 40.0, ${text.slice(1)}`)),
  ],
  ['lines of JSON', async () => JSON.parse(await post('/predict', lines, text))],
  ['CSV', async () => JSON.parse(await post('/predict', 'text/csv', csvOf(',').join(''), lines))],
  [
    'CSV with semicolons',
    async () => JSON.parse(await post('/predict', 'text/csv', csvOf(';').join(''), lines)),
  ],
  ['tensors', () => infer(names.map((name) => ({ name, shape: [1], datatype: 'INT64', data: [row[name]] })))],
  [
    'one tensor',
    () => {
      const data = ['', '', '', ...Object.values(row).map(String)];
      return infer([{ name: 'all', shape: [1, data.length], datatype: 'BYTES', data }]);
    },
  ],
  ['an invocation', async () => JSON.parse(await post('/invocations', json, text))],
  [
    'an invocation by CSV without a header',
    async () =>
      JSON.parse(await post('/invocations', 'text/csv', `,,,${csvOf(',')[1]}`, 'application/jsonlines')),
  ],
])('a column may have any name in %s', async (_, ask) => {
  expect((await ask()).warnings).toEqual(wanted);
});

test('contributions have the names of the columns, in CSV with a prefix where an answer has that name', async () => {
  const { contributions } = JSON.parse(await post('/predict?explain=true', json, text));
  expect(Object.keys(contributions.values).sort()).toEqual(['age', 'sex', ...names].sort());
  const [head] = (await post('/predict?explain=true', 'text/csv', csvOf(',').join(''))).split('\n');
  expect(head).toContain(',base,age,sex,constructor,');
  expect(head).toContain(',low,high,contribution_probability,version,contribution_model,');
  expect(head).toContain(',"distance, km","a;b","say ""x""",');
});

test('what describes the model has them all', async () => {
  const schema = (await app.inject('/openapi.json')).json().components.schemas.Row;
  expect(Object.keys(schema.properties)).toEqual(['age', 'sex', 'weight', ...names]);
  const { columns } = (await app.inject('/model')).json();
  expect(columns.slice(3).map(({ name }: { name: string }) => name)).toEqual(names);
  expect((await app.inject('/docs')).body).toContain('<code>say "x"</code>');
  expect((await app.inject('/model/card')).body).toContain('`constructor`');
  expect((await app.inject('/metrics')).body).toContain('column="say \\"x\\""');
});
