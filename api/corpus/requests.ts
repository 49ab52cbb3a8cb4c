import {
  type Column,
  isNumeric,
  kindOf,
  levelsOf,
  limitsOf,
  type Manifest,
  type Value,
} from '@hearth/artifact';

/** One request of the corpus. */
export interface CorpusRequest {
  method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

const json = 'application/json';
const ndjson = 'application/x-ndjson';
const csv = 'text/csv';

const post = (url: string, type: string | undefined, body: unknown, headers = {}): CorpusRequest => ({
  method: 'POST',
  url,
  headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
});

/** Every route without a body, and methods that a route does not take. */
export function pages({ name }: Manifest, version: string): CorpusRequest[] {
  const model = `/v2/models/${name}`;
  const urls = [
    '/health',
    '/health/live',
    '/health/ready',
    '/model',
    '/model/card',
    '/model/evaluations',
    '/status',
    '/openapi.json',
    '/docs',
    '/docs/problems',
    '/docs/problems/invalid-input',
    '/docs/problems/nothing-of-the-kind',
    '/docs/page.js',
    '/ping',
    '/execution-parameters',
    '/v2',
    '/v2/',
    '/v2/health/live',
    '/v2/health/ready',
    model,
    `${model}/ready`,
    `${model}/versions/${version}`,
    `${model}/versions/${version}/ready`,
    `${model}/versions/99-0000000`,
    '/v2/models/other',
    '/v2/models/other/ready',
    `${model}/infer`,
    '/v2/nothing',
    '/nothing',
    '/predict',
    '/invocations',
    '/health?verbose=1',
    '/%zz',
  ];
  const methods = (['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'] as const).flatMap((method) =>
    ['/predict', '/health', '/model', `${model}/infer`, '/invocations', '/nothing'].map((url) => ({
      method,
      url,
    })),
  );
  return [...urls.map((url): CorpusRequest => ({ method: 'GET', url })), ...methods];
}

/** JSON to `/predict`: whole rows, every fault of every column, batches, and what is no row. */
export function jsonRows({ columns }: Manifest): CorpusRequest[] {
  const full = fullRow(columns);
  const [first] = columns;
  const bodies: unknown[] = [
    {},
    full,
    ...columns.map(({ name }) => ({ [name]: full[name] })),
    ...columns.map(({ name }) => ({ ...full, [name]: null })),
    ...columns.flatMap(oddRows),
    [full],
    [full, {}],
    [{}, { [first.name]: 'x' }, { nothing: 1 }],
    [],
    [[]],
    [null],
    [1, 'two', { ...full, [first.name]: true }],
    { nothing: 1 },
    { [`${first.name}s`]: 1 },
    { constructor: 1 },
    { toString: null },
    null,
    true,
    12,
    'text',
    '',
    ' ',
    '{',
    '{"a":1}}',
    '[{},]',
    '{}{}',
    "{'a':1}",
    '{"a":NaN}',
    '{"__proto__":1}',
    `{"${first.name}":1e999}`,
    `{"${first.name}":01}`,
    `{"${first.name}":30,"${first.name}":40}`,
    `[{"${first.name}":30,"${first.name}":40}]`,
    `\uFEFF${JSON.stringify(full)}`,
    ` \t\r\n${JSON.stringify(full)}\n `,
    JSON.stringify(full, null, 2),
    '['.repeat(40),
    `{"a":${'['.repeat(20)}${']'.repeat(20)}}`,
    Buffer.from([0x7b, 0xff, 0x7d]),
    `{"\\u${first.name.charCodeAt(0).toString(16).padStart(4, '0')}${first.name.slice(1)}":null}`,
    JSON.stringify(Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? full : {}))),
    JSON.stringify(Array.from({ length: 150 }, () => ({ nothing: 1 }))),
  ];
  const some = JSON.stringify(full);
  return [
    ...bodies.map((body) => post('/predict', json, body)),
    post('/predict?explain=true', json, full),
    post('/predict?explain=true', json, {}),
    post('/predict?explain=true', json, [full, {}]),
    post('/predict?explain=false', json, full),
    post('/predict?explain=maybe', json, full),
    post('/predict?explain=true&explain=false', json, full),
    post('/predict?other=1', json, full),
    post('/predict?explain=true&prevalence=0.1', json, full),
    post('/predict?prevalence=0.1', json, [full, {}]),
    post('/predict?prevalence=10', json, full),
    post('/next', json, {}),
    ...[
      'application/json; charset=utf-8',
      'application/json;charset="UTF-8"',
      'application/json; charset=latin1',
      'Application/JSON',
      'text/json',
      'application/xml',
      'text/plain',
      'application/x-www-form-urlencoded',
      undefined,
    ].map((type) => post('/predict', type, some)),
    post('/predict', json, some, { 'content-encoding': 'gzip' }),
    post('/predict', json, some, { 'content-encoding': 'identity' }),
    post('/predict', json, some, { accept: 'text/html' }),
    post('/predict', json, some, { accept: 'application/json;q=0.5' }),
    post('/predict', json, some, { 'x-request-id': 'a-request-of-mine' }),
    post('/predict', json, some, { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }),
    { method: 'POST', url: '/predict' },
    { method: 'POST', url: '/predict', headers: { 'content-type': json } },
  ];
}

/** Streams to `/predict`: lines of JSON, and CSV in its dialects. */
export function streams({ columns }: Manifest): CorpusRequest[] {
  const full = fullRow(columns);
  const line = JSON.stringify(full);
  const names = columns.map(({ name }) => name);
  const table = (cell: string, rowEnd: string, rows = [full]) =>
    [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
      .map((cells) => `${cells.join(cell)}${rowEnd}`)
      .join('');
  const [first] = names;
  const linesOf = [
    `${line}\n{}\n`,
    `${line}\n\n{}\n`,
    `${line}\r\n{}`,
    `\uFEFF${line}\n`,
    `${line}\nnot json\n{"${first}":"x"}\n[]\nnull\n{"nothing":1}\n`,
    `{"${first}":30,"${first}":40}\n`,
    Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
    '',
    '\n\n',
    `${'['.repeat(30)}\n`,
    `{"a":"${'x'.repeat(70_000)}"}\n{}\n`,
  ];
  const tables = [
    table(',', '\n'),
    table(',', '\r\n', [full, full]),
    table(';', '\n'),
    table('\t', '\n'),
    table(',', '\n', [full, {}]),
    `${first}\n30\n\n40\n`,
    `${first}\n"30"\n 41 \n`,
    `${first}\n+30\n30.\n.5\n3e1\n0x1E\nNaN\n1_000\n`,
    `${first};${names[1]}\n30,0;\n`,
    `sep=;\n${first}\n30\n`,
    `nothing\n1\n`,
    `${first},${first}\n1,2\n`,
    `${first}\n1,2\n`,
    `${first}\n"1\n`,
    ` ${first} \n30\n`,
    `\uFEFF${first}\n30\n`,
    `"${first}"\n30\n`,
    `${first}\r30\r40`,
    `${first}\n`,
    '',
    Buffer.from([0x61, 0xff, 0x0a]),
  ];
  return [
    ...linesOf.flatMap((body) => [post('/predict', ndjson, body)]),
    post('/predict?explain=true', ndjson, `${line}\n{}\n`),
    post('/predict', `${ndjson}; charset=utf-8`, `${line}\n`),
    ...tables.map((body) => post('/predict', csv, body)),
    post('/predict?explain=true', csv, table(',', '\n')),
    post('/predict?explain=true', csv, table(';', '\n')),
    post('/predict', csv, table(',', '\n'), { accept: ndjson }),
    post('/predict', csv, table(',', '\n'), { accept: 'application/json' }),
    post('/predict', csv, table(',', '\n'), { accept: '*/*' }),
    post('/predict', `${csv}; charset=utf-8; header=present`, table(',', '\n')),
  ];
}

/** The Open Inference Protocol v2. */
export function inferences({ name, columns }: Manifest, version: string): CorpusRequest[] {
  const full = fullRow(columns);
  const url = `/v2/models/${name}/infer`;
  const infer = (body: unknown, to = url) => post(to, json, body);
  const tensor = (column: Column, data: unknown[], more = {}) => ({
    name: column.name,
    shape: [data.length],
    datatype: datatypeOf(column),
    data,
    ...more,
  });
  const all = columns.map((column) => tensor(column, [full[column.name], null]));
  const [first] = columns;
  const one = tensor(first, [full[first.name]]);
  const bodies: unknown[] = [
    { inputs: all },
    { id: 'mine', inputs: all },
    ...columns.map((column) => ({ inputs: [tensor(column, [full[column.name]])] })),
    { inputs: [one], outputs: [] },
    { inputs: [one], outputs: [{ name: 'low' }, { name: 'version' }] },
    { inputs: [one], outputs: [{ name: 'nothing' }] },
    { inputs: [one], outputs: [{ name: 'low' }, { name: 'low' }] },
    { inputs: [{ ...one, datatype: 'FP64' }] },
    { inputs: [{ ...one, datatype: 'FP16' }] },
    { inputs: [{ ...one, datatype: 'BOOL' }] },
    { inputs: [{ ...one, datatype: 'BYTES' }] },
    { inputs: [{ ...one, shape: [2] }] },
    { inputs: [{ ...one, shape: [1, 1] }] },
    { inputs: [{ ...one, shape: [] }] },
    { inputs: [{ ...one, shape: [-1] }] },
    { inputs: [{ ...one, name: 'nothing' }] },
    { inputs: [one, one] },
    { inputs: [tensor(first, [1, 2]), tensor(columns[1], [full[columns[1].name]])] },
    { inputs: [tensor(first, [30, -1], { parameters: { missing_value: -1 } })] },
    { inputs: [tensor(first, ['x'])] },
    { inputs: [tensor(first, [1e9])] },
    { inputs: [tensor(first, [])] },
    {
      inputs: [
        { name: 'table', shape: [1, columns.length], datatype: 'FP64', data: columns.map(() => null) },
      ],
    },
    { inputs: [{ name: 'table', shape: [1, 2], datatype: 'FP64', data: [1, 2] }] },
    { inputs: [] },
    { inputs: 1 },
    {},
    [],
    'x',
    { inputs: [one], parameters: { binary_data_output: true } },
    { inputs: [{ ...one, parameters: { binary_data_size: 8 } }] },
  ];
  return [
    ...bodies.map((body) => infer(body)),
    infer({ inputs: [one] }, `/v2/models/${name}/versions/${version}/infer`),
    infer({ inputs: [one] }, `/v2/models/${name}/versions/99-0000000/infer`),
    infer({ inputs: [one] }, '/v2/models/other/infer'),
    post(url, undefined, { inputs: [one] }),
    post(url, 'application/octet-stream', JSON.stringify({ inputs: [one] })),
    post(url, json, '{'),
    post(url, json, { inputs: [one] }, { 'content-encoding': 'gzip' }),
  ];
}

/** The container contract of SageMaker. */
export function invocations({ columns }: Manifest): CorpusRequest[] {
  const full = fullRow(columns);
  const line = JSON.stringify(full);
  const cells = columns.map(({ name }) => full[name]).join(',');
  const names = columns.map(({ name }) => name).join(',');
  const [first] = columns;
  const lines = 'application/jsonlines';
  const ask = (type: string | undefined, body: unknown, headers = {}) =>
    post('/invocations', type, body, headers);
  return [
    ask(json, full),
    ask(json, {}),
    ask(json, [full, {}]),
    ask(json, { instances: [full, {}] }),
    ask(json, { instances: [] }),
    ask(json, { instances: 1 }),
    ask(json, { instances: [{ nothing: 1 }] }),
    ask(json, '{'),
    ask(json, ''),
    ask(lines, `${line}\n{}\n`),
    ask(lines, `${line}\n\n{}`),
    ask(lines, `${line}\nnot json\n`),
    ask(lines, ''),
    ask(csv, `${names}\n${cells}\n`),
    ask(csv, `${cells}\n${cells}\n`),
    ask(csv, `${cells}\n`, { accept: json }),
    ask(csv, `${cells}\n`, { accept: lines }),
    ask(csv, `${cells}\n\n`),
    ask(csv, `1,2\n`),
    ask(csv, `${first.name}\nx\n`),
    ask(csv, ''),
    ask(json, full, { accept: csv }),
    ask(json, full, { accept: lines }),
    ask(json, full, { accept: 'application/xml' }),
    ask(lines, `${line}\n`, { accept: json }),
    ask('application/xml', '<a/>'),
    ask(undefined, line),
  ];
}

const datatypeOf = (column: Column): string => kindOf(column).datatype;

/** A row with a sound value in each column. */
function fullRow(columns: readonly Column[]): Record<string, Value> {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      isNumeric(column)
        ? (column.example ?? Math.round((column.seen.minimum + column.seen.maximum) / 2))
        : (levelsOf(column)?.at(-1) ?? kindOf(column).example(column)),
    ]),
  );
}

/** Rows with one column wrong, at its limits or outside what training saw. */
function oddRows(column: Column): object[] {
  const { minimum, maximum } = isNumeric(column) ? limitsOf(column) : { minimum: 0, maximum: 0 };
  const values = isNumeric(column)
    ? [
        'text',
        true,
        [],
        {},
        minimum,
        maximum,
        minimum - 1,
        maximum + 1,
        column.seen.minimum - 0.5,
        column.seen.maximum,
        (minimum + maximum) / 3,
      ]
    : [1, false, '', String(levelsOf(column)?.[0]).toUpperCase(), ...(levelsOf(column) ?? [])];
  return values.map((value) => ({ [column.name]: value }));
}
