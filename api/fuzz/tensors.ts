import fc, { type Arbitrary } from 'fast-check';
import type { RowSchema } from './oracle.ts';
import { type Cells, type FuzzRequest, json, post, stringify } from './request.ts';
import { validRow } from './rows.ts';

/** Requests of the Open Inference Protocol. */
export function inferences(schema: RowSchema, model: string, version: string): Arbitrary<FuzzRequest> {
  const names = Object.keys(schema.properties);
  const path = fc.constantFrom(`/v2/models/${model}/infer`, `/v2/models/${model}/versions/${version}/infer`);
  const rows = fc.array(validRow(schema), { minLength: 1, maxLength: 6 });
  const columns = fc
    .tuple(rows, fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), layout)
    .map(([some, chosen, how]) => chosen.map((name) => column(schema, name, some, how)));
  const table = fc.tuple(rows, layout).map(([some, { isNested }]) => [tableOf(names, some, isNested)]);
  const request = fc.record(
    {
      inputs: fc.oneof({ weight: 3, arbitrary: columns }, table),
      id: fc.string(),
      parameters: fc.constantFrom({}, { content_type: 'np' }, null),
      outputs: fc
        .subarray(['probability', 'low', 'high', 'warnings'])
        .map((some) => some.map((name) => ({ name }))),
    },
    { requiredKeys: ['inputs'] },
  );
  const valid = fc
    .tuple(path, request)
    .map(([url, body]): FuzzRequest => ({ ...post(url, json, stringify(body)), isValid: true }));
  const spoilt = fc
    .tuple(path, request, place, odd)
    .map(([url, body, where, value]) => post(url, json, stringify(spoil(body, where, value))));
  const garbage = fc.tuple(path, fc.jsonValue()).map(([url, body]) => post(url, json, stringify(body)));
  return fc.oneof({ weight: 5, arbitrary: valid }, { weight: 4, arbitrary: spoilt }, garbage);
}

interface Layout {
  /** Of shape [n, 1] instead of [n]. */
  isWide: boolean;
  isNested: boolean;
  /** How what is not known is written. */
  missing: 'null' | 'named';
}

const layout: Arbitrary<Layout> = fc.record({
  isWide: fc.boolean(),
  isNested: fc.boolean(),
  missing: fc.constantFrom('null', 'named'),
});

function column(
  { properties }: RowSchema,
  name: string,
  rows: Cells[],
  { isWide, isNested, missing }: Layout,
) {
  const { type, enum: values } = properties[name];
  const marker = values ? 'not known' : -999_999;
  const cells = rows.map((row) => row[name] ?? (missing === 'null' ? null : marker));
  return {
    name,
    shape: isWide ? [rows.length, 1] : [rows.length],
    datatype: values ? 'BYTES' : type.includes('integer') ? 'INT32' : 'FP64',
    parameters: { missing_value: marker },
    data: isWide && isNested ? cells.map((cell) => [cell]) : cells,
  };
}

/** All columns as text. */
function tableOf(names: string[], rows: Cells[], isNested: boolean) {
  const data = rows.map((row) => names.map((name) => (row[name] == null ? null : String(row[name]))));
  const shape = [rows.length, names.length];
  return { name: 'all', shape, datatype: 'BYTES', data: isNested ? data : data.flat() };
}

const place = fc.constantFrom(
  'inputs',
  'id',
  'outputs',
  'name',
  'shape',
  'datatype',
  'parameters',
  'data',
  'cell',
);
const odd = fc.oneof(
  fc.constantFrom(
    null,
    -1,
    [],
    {},
    '',
    'INT8',
    'FP64',
    'age',
    [1e9],
    [2 ** 53 - 1],
    [-1],
    [1, 1],
    [[1]],
    [Infinity],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

type Body = { inputs: { data: unknown[] }[] };

/** Puts an odd value into one place of a request. */
function spoil(body: Body, where: string, value: unknown): unknown {
  if (where in body || where === 'id' || where === 'outputs') return { ...body, [where]: value };
  const [first, ...rest] = body.inputs;
  const spoilt =
    where === 'cell' ? { ...first, data: [value, ...first.data.slice(1)] } : { ...first, [where]: value };
  return { ...body, inputs: [spoilt, ...rest] };
}
