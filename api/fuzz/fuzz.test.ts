import { join } from 'node:path';
import fc from 'fast-check';
import type { LightMyRequestResponse as Response } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../src/app.ts';
import { type ProblemCode, problems, problemType } from '../src/problems.ts';
import { defaultSafety } from '../src/safety/index.ts';
import { allows, plainWalk, type RowSchema } from './oracle.ts';
import { type FuzzRequest, requests } from './requests.ts';

/** More of them: FUZZ_REQUESTS=50000 pnpm vitest run api/fuzz */
const count = Number(process.env.FUZZ_REQUESTS || 5000);
const models = join(import.meta.dirname, '../../models');

let app: Awaited<ReturnType<typeof buildApp>>;
let schema: RowSchema;
let paths: string[];
let walk: ReturnType<typeof plainWalk>;

beforeAll(async () => {
  app = await buildApp({ models, safety: { ...defaultSafety, rateLimit: 0, shedAfter: 0 } });
  const document = (await app.inject('/openapi.json')).json();
  schema = document.components.schemas.Row;
  paths = Object.keys(document.paths).filter((path) => !path.includes('{'));
  walk = plainWalk(join(models, 'heart', document.info.version));
});
afterAll(() => app.close());

const types = new Set((Object.keys(problems) as ProblemCode[]).map(problemType));

function assertProblem(problem: Record<string, unknown>): void {
  expect(types).toContain(problem.type);
  expect(problem).toMatchObject({ title: expect.any(String), detail: expect.any(String) });
  for (const error of (problem.errors as unknown[]) ?? [])
    expect(error).toEqual({ pointer: expect.stringMatching(/^(\/|$)/), detail: expect.any(String) });
}

function assertAnswer(answer: Record<string, unknown>, row: unknown): void {
  if (!allows(schema, row)) throw new Error('a row was answered that the document does not allow');
  expect(answer.probability).toBeCloseTo(walk(row), 12);
}

/** What a plain reading of JSON gives; undefined where it is none. */
function plainly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function assertJson({ payload, url, isRepeated }: FuzzRequest, response: Response): void {
  const body = plainly(payload.toString().replace(/^\uFEFF/, ''));
  const rows = Array.isArray(body) ? body : [body];
  const isRight = rows.length > 0 && rows.every((row) => allows(schema, row)) && !isRepeated;
  if (isRight && !url.includes('maybe')) expect(response.statusCode).toBe(200);
  if (response.statusCode !== 200) return;
  expect(isRepeated).not.toBe(true);
  const answer = response.json();
  const answers = Array.isArray(body) ? answer.predictions : [answer];
  expect(answers).toHaveLength(rows.length);
  for (const [i, row] of rows.entries()) assertAnswer(answers[i], row);
}

/** Lines that are not empty, and what they are answered by. */
function assertLines({ payload, headers }: FuzzRequest, response: Response): void {
  const asked = payload
    .toString('latin1')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const answers = response.body.split('\n').slice(0, -1);
  const isCsv = headers['content-type'] === 'text/csv';
  const answersCsv = String(response.headers['content-type']).startsWith('text/csv');
  expect(answers).toHaveLength(asked.length - (isCsv && !answersCsv ? 1 : 0));
  if (answersCsv) return;
  answers.forEach((line, i) => {
    const answer = JSON.parse(line);
    if ('line' in answer) assertProblem(answer);
    else if (!isCsv)
      assertAnswer(
        answer,
        plainly(
          Buffer.from(asked[i], 'latin1')
            .toString()
            .replace(/^\uFEFF/, ''),
        ),
      );
    else expect(answer.probability).toBeGreaterThan(0);
  });
}

test(
  `${count} requests get a right answer or a problem that says what is wrong`,
  async () => {
    const answered: Record<number, number> = {};
    await fc.assert(
      fc.asyncProperty(requests(schema, paths), async (request) => {
        const { method, url, headers, payload } = request;
        const response = await app.inject({ method, url, headers, payload });
        answered[response.statusCode] = (answered[response.statusCode] ?? 0) + 1;
        expect(response.statusCode).toBeLessThan(500);
        if (response.statusCode >= 400) {
          expect(response.headers['content-type']).toContain('application/problem+json');
          expect(response.json().status).toBe(response.statusCode);
          assertProblem(response.json());
        }
        if (url.split('?')[0] !== '/predict' || method !== 'POST') return;
        const type = String(response.headers['content-type']);
        if (headers['content-type'] === 'application/json') assertJson(request, response);
        else if (response.statusCode === 200 && type !== 'application/json') assertLines(request, response);
      }),
      { numRuns: count },
    );
    expect((await app.inject('/health')).json().status).toBe('ok');
    for (const status of [200, 400, 404, 405, 415, 422])
      expect(answered[status]).toBeGreaterThan(count / 1000);
  },
  20 * count,
);
