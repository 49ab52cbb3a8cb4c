import { Agent, request } from 'node:http';
import { Client, credentials, status } from '@grpc/grpc-js';
import { encodeData, methods } from '@hearth/api/grpc';
import { type Column, kindOf } from '@hearth/artifact';
import { Table, tableToIPC, type Vector, vectorFromArray } from 'apache-arrow';
import { processorSecondsOfAll } from '../system.ts';
import { median } from '../trees/measure.ts';

/** A server, and the way in which requests reach it. */
export interface Way {
  name: string;
  pid: number;
  /** @returns whether it was answered; otherwise it was refused, because the server has too much to do */
  send(): Promise<boolean>;
}

type Row = Record<string, unknown>;

const arrowType = 'application/vnd.apache.arrow.stream';

/** A column as bytes. */
function bytesOf(column: Column, rows: readonly Row[]): Buffer {
  const cells = rows.map((row) => row[column.name]);
  const { datatype } = kindOf(column);
  if (datatype === 'BYTES') return encodeData(cells.map(String));
  if (datatype === 'BOOL') return Buffer.from(cells.map(Number));
  if (datatype === 'INT64') return Buffer.from(BigInt64Array.from(cells as number[], BigInt).buffer);
  return Buffer.from(Float64Array.from(cells as number[]).buffer);
}

/** A model that is asked, and for which outputs. */
export interface Asked {
  model: string;
  columns: readonly Column[];
  outputs: readonly string[];
}

/** The same rows as JSON, lines, CSV, Arrow, tensors of JSON and of bytes, and by gRPC; and to servers of gRPC that only echo. */
export function waysOf(
  { model, columns, outputs }: Asked,
  rows: readonly Row[],
  hearth: { url: string; pid: number; grpcPort: number },
  echoes: Record<string, { url: string; pid: number }>,
): Way[] {
  const raw = columns.map((column) => bytesOf(column, rows));
  const tensors = columns.map((column) => ({
    name: column.name,
    datatype: kindOf(column).datatype,
    shape: [rows.length],
  }));
  const head = Buffer.from(
    JSON.stringify({
      inputs: tensors.map((tensor, i) => ({ ...tensor, parameters: { binary_data_size: raw[i].length } })),
      outputs: outputs.map((name) => ({ name, parameters: { binary_data: true } })),
    }),
  );
  const json = {
    inputs: tensors.map((tensor) => ({ ...tensor, data: rows.map((row) => row[tensor.name]) })),
    outputs: outputs.map((name) => ({ name })),
  };
  const typed = { 'content-type': 'application/json' };
  const plain = Buffer.from(JSON.stringify(rows.length === 1 ? rows[0] : rows));
  const infer = `${hearth.url}/v2/models/${model}/infer`;
  const predict = `${hearth.url}/predict`;
  const names = columns.map(({ name }) => name);
  const table = [names, ...rows.map((row) => names.map((name) => row[name]))];
  const csv = Buffer.from(`${table.map((cells) => cells.join()).join('\n')}\n`);
  const lines = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const vectors = names.map((name): [string, Vector] => [
    name,
    vectorFromArray(rows.map((row) => row[name])),
  ]);
  const arrow = Buffer.from(tableToIPC(new Table(Object.fromEntries(vectors)), 'stream'));
  const { path, client: messages } = methods().ModelInfer;
  const message = messages.write({
    model_name: model,
    inputs: tensors,
    outputs: outputs.map((name) => ({ name })),
    raw_input_contents: raw,
  });
  const grpcTo = (address: string) => {
    const client = new Client(address, credentials.createInsecure());
    return () =>
      new Promise<boolean>((resolve, reject) => {
        client.makeUnaryRequest(
          path,
          (bytes: Buffer) => bytes,
          messages.read,
          message,
          (error) => {
            if (error && error.code !== status.UNAVAILABLE) reject(error);
            else resolve(error === null);
          },
        );
      });
  };
  const { pid } = hearth;
  return [
    { name: 'JSON to /predict', pid, send: post(predict, plain, typed) },
    { name: 'JSON lines', pid, send: post(predict, lines, { 'content-type': 'application/x-ndjson' }) },
    { name: 'CSV', pid, send: post(predict, csv, { 'content-type': 'text/csv' }) },
    { name: 'Arrow', pid, send: post(predict, arrow, { 'content-type': arrowType }) },
    {
      name: 'CSV to /invocations',
      pid,
      send: post(`${hearth.url}/invocations`, csv, { 'content-type': 'text/csv' }),
    },
    { name: 'v2, JSON', pid, send: post(infer, Buffer.from(JSON.stringify(json)), typed) },
    {
      name: 'v2, binary',
      pid,
      send: post(infer, Buffer.concat([head, ...raw]), {
        'inference-header-content-length': String(head.length),
      }),
    },
    { name: 'gRPC', pid, send: grpcTo(`127.0.0.1:${hearth.grpcPort}`) },
    ...Object.entries(echoes).map(([name, echo]) => ({
      name,
      pid: echo.pid,
      send: grpcTo(new URL(echo.url).host),
    })),
  ];
}

/** Makes the function that sends a request, on connections that are kept. */
export function post(url: string, body: Buffer, headers: Record<string, string>): Way['send'] {
  const agent = new Agent({ keepAlive: true });
  return () =>
    new Promise((resolve, reject) => {
      const sent = request(url, {
        agent,
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
      });
      sent.on('error', reject).on('response', (response) => {
        const { statusCode } = response;
        if (statusCode !== 200 && statusCode !== 503) reject(new Error(`${url} answered ${statusCode}`));
        response.resume().on('end', () => resolve(statusCode === 200));
      });
      sent.end(body);
    });
}

export const tensorHead = [
  '| load | way | rows/s | µs of processor/row | processor of JSON / this |',
  '|---|---|---:|---:|---:|',
];

/** Measures each way in turn, in rounds; the processor time is the server's. */
export async function measureTensors(
  ways: readonly Way[],
  scenario: string,
  {
    rows,
    connections,
    seconds,
    rounds,
  }: { rows: number; connections: number; seconds: number; rounds: number },
): Promise<string[]> {
  const measured = ways.map(() => ({ rate: [] as number[], cpu: [] as number[] }));
  for (let round = -1; round < rounds; round++)
    for (const [i, { pid, send }] of ways.entries()) {
      const before = processorSecondsOfAll(pid);
      const began = performance.now();
      const until = began + seconds * 1000;
      let answered = 0;
      const loop = async () => {
        while (performance.now() < until) {
          if (await send()) answered++;
        }
      };
      await Promise.all(Array.from({ length: connections }, loop));
      if (round < 0) continue; // until the code is compiled
      measured[i].rate.push((answered * rows) / ((performance.now() - began) / 1000));
      measured[i].cpu.push(((processorSecondsOfAll(pid) - before) / answered / rows) * 1e6);
    }
  const [json] = measured;
  return ways.map(({ name }, i) => {
    const { rate, cpu } = measured[i];
    const ratio = median(cpu.map((each, round) => json.cpu[round] / each));
    const figures = [Math.round(median(rate)).toLocaleString('en'), median(cpu).toFixed(2), ratio.toFixed(2)];
    return `| ${[scenario, name, ...figures].join(' | ')} |`;
  });
}
