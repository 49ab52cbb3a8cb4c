import type { LightMyRequestResponse as Response } from 'fastify';
import { expect } from 'vitest';
import type { MediaType } from '../src/formats/media-types.ts';
import { type ProblemCode, problems, problemType } from '../src/server/problems.ts';
import { type PlainCsv, plainCsv } from './csv-oracle.ts';
import { allows, type RowSchema } from './oracle.ts';
import type { FuzzRequest } from './request.ts';
import { type InferenceRequest, plainRows } from './tensor-oracle.ts';

type Row = Record<string, unknown>;
type Answer = Record<string, unknown>;

const types = new Set((Object.keys(problems) as ProblemCode[]).map(problemType));
const byteOrderMark = /^\uFEFF/;

/** Whether a problem is well formed. */
export function assertProblem(problem: Answer): void {
  expect(types).toContain(problem.type);
  expect(problem).toMatchObject({ title: expect.any(String), detail: expect.any(String) });
  for (const error of (problem.errors as unknown[]) ?? [])
    expect(error).toEqual({ pointer: expect.stringMatching(/^(\/|$)/), detail: expect.any(String) });
}

/** Makes what judges answers by the document, the published format of the trees, and nothing of the server. */
export function createJudge(schema: RowSchema, walk: (row: Row) => number) {
  const names = Object.keys(schema.properties);

  function assertChance(chance: unknown, row: unknown): void {
    if (!allows(schema, row)) throw new Error('a row was answered that the document does not allow');
    expect(chance).toBeCloseTo(walk(row), 12);
  }
  function assertChances(chances: unknown[], rows: readonly unknown[]): void {
    expect(chances).toHaveLength(rows.length);
    for (const [i, row] of rows.entries()) assertChance(chances[i], row);
  }

  function json({ payload, url, isRepeated, headers }: FuzzRequest, response: Response): void {
    const body = plainly(payload.toString().replace(byteOrderMark, ''));
    const rows = Array.isArray(body) ? body : [body];
    const isRight = rows.length > 0 && rows.every((row) => allows(schema, row)) && !isRepeated;
    const isAccepted =
      !headers.accept?.includes('/') || /json$|\*/.test(headers.accept.replace('x-ndjson', ''));
    if (isRight && !/maybe|__proto__/.test(url)) expect(response.statusCode).toBe(isAccepted ? 200 : 406);
    if (response.statusCode !== 200) return;
    expect(isRepeated).not.toBe(true);
    assertChances(chancesOf(response), rows);
  }

  /** Every line is answered in its place. */
  function stream({ payload, headers }: FuzzRequest, response: Response): void {
    if (response.statusCode !== 200) return;
    const text = payload.toString();
    const isCsv = headers['content-type'] === 'text/csv';
    const csv = isCsv ? plainCsv(text, schema, { byLines: true, hasHeader: true }) : undefined;
    const rows = csv ? csv.rows : linesOf(text).map(plainly);
    if (String(response.headers['content-type']).startsWith('text/csv')) {
      const lines = response.body.split('\n').slice(1, -1);
      expect(lines).toHaveLength(rows.length);
      for (const [i, row] of rows.entries())
        if (allows(schema, row)) assertChance(firstCell(lines[i], csv?.delimiter), row);
        else expect(lines[i]).toMatch(/line \d/);
      return;
    }
    const answers: Answer[] = response.body
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(answers).toHaveLength(rows.length);
    for (const [i, answer] of answers.entries())
      if ('line' in answer) assertProblem(answer);
      else assertChance(answer.probability, rows[i]);
  }

  function invocation({ payload, headers }: FuzzRequest, response: Response): void {
    if (response.statusCode !== 200) return;
    const text = payload.toString().replace(byteOrderMark, '');
    const type = headers['content-type'];
    if (type.startsWith('text/csv')) {
      const declared = /header=(\w+)/.exec(type)?.[1];
      const hasHeader = declared ? declared === 'present' : undefined;
      const csv = plainCsv(text, schema, { byLines: false, hasHeader });
      assertChances(chancesOf(response, csv), csv.rows);
    } else if (type === 'application/jsonlines') {
      assertChances(chancesOf(response), linesOf(text).map(plainly));
    } else {
      const body = plainly(text) as { instances?: unknown[] };
      const rows = Array.isArray(body?.instances) ? body.instances : body;
      assertChances(chancesOf(response), Array.isArray(rows) ? rows : [rows]);
    }
  }

  function inference({ payload, isValid }: FuzzRequest, response: Response): void {
    if (isValid) expect(response.statusCode).toBe(200);
    if (response.statusCode !== 200) return;
    const request = plainly(payload.toString().replace(byteOrderMark, '')) as InferenceRequest;
    const rows = plainRows(request, names, schema);
    const { id, outputs } = response.json();
    expect(id ?? null).toBe(request.id ?? null);
    const wanted = request.outputs?.map(({ name }) => name) ?? [];
    const all = ['probability', 'low', 'high', 'warnings', 'id'];
    expect(outputs.map(({ name }: Answer) => name)).toEqual(wanted.length > 0 ? wanted : all);
    for (const { name, shape, data } of outputs) {
      expect([name, shape, data.length]).toEqual([name, [rows.length], rows.length]);
      if (name === 'probability') assertChances(data, rows);
    }
  }

  const predictions: Record<MediaType, typeof json> = {
    'application/json': json,
    'application/x-ndjson': stream,
    'text/csv': stream,
    'application/vnd.apache.arrow.stream': (_request, response) => expect(response.statusCode).not.toBe(200),
  };

  return (request: FuzzRequest, response: Response): void => {
    const path = request.url.split('?')[0];
    if (request.method !== 'POST') return;
    if (path.endsWith('/infer')) inference(request, response);
    if (path === '/invocations') invocation(request, response);
    if (path !== '/predict') return;
    predictions[request.headers['content-type'] as MediaType]?.(request, response);
  };
}

/** What a plain reading of JSON gives; undefined where it is none. */
function plainly(text: string): unknown {
  try {
    return JSON.parse(text.replace(byteOrderMark, ''));
  } catch {
    return undefined;
  }
}

const linesOf = (text: string): string[] =>
  text
    .replace(byteOrderMark, '')
    .split('\n')
    .filter((line) => line.trim() !== '');

/** The chances of an answer of any type. */
function chancesOf({ headers, body }: Response, csv?: PlainCsv): unknown[] {
  const type = String(headers['content-type']);
  const lines = body.split('\n').slice(0, -1);
  if (type.startsWith('text/csv'))
    return lines
      .filter((line) => !line.startsWith('probability'))
      .map((line) => firstCell(line, csv?.delimiter));
  if (type !== 'application/json') return lines.map((line) => JSON.parse(line).probability);
  const answer = JSON.parse(body);
  return (answer.predictions ?? [answer]).map(({ probability }: Answer) => probability);
}

const firstCell = (line: string, delimiter = ','): number =>
  Number(line.split(delimiter, 1)[0].replace(',', '.'));
