import { join } from 'node:path';
import fc from 'fast-check';
import type { LightMyRequestResponse as Response } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../src/app.ts';
import { defaultSafety } from '../src/safety/index.ts';
import { freePort, grpcClient, type InferAnswer } from '../testing/grpc.ts';
import { asBytes } from './binary.ts';
import { assertProblem, createJudge } from './judge.ts';
import { plainWalk } from './oracle.ts';
import type { FuzzRequest } from './request.ts';
import { type Documented, requests } from './requests.ts';

/** More of them: FUZZ_REQUESTS=50000 npm run test:unit -- api/fuzz */
const count = Number(process.env.FUZZ_REQUESTS || 2000);
const models = join(import.meta.dirname, '../../models');

let app: Awaited<ReturnType<typeof buildApp>>;
let documented: Documented;
let judge: ReturnType<typeof createJudge>;
let client: ReturnType<typeof grpcClient>;

beforeAll(async () => {
  const grpcPort = await freePort();
  client = grpcClient(grpcPort);
  app = await buildApp({ models, grpcPort, safety: { ...defaultSafety, rateLimit: 0, shedAfter: 0 } });
  const document = (await app.inject('/openapi.json')).json();
  const { version } = document.info;
  const schema = document.components.schemas.Row;
  const paths = Object.keys(document.paths).map((path) =>
    path.replace('{model}', 'heart').replace('{version}', version).replace('{name}', 'invalid-input'),
  );
  documented = { schema, paths, model: 'heart', version };
  judge = createJudge(schema, plainWalk(join(models, 'heart', version)));
});
afterAll(async () => {
  client.close();
  await app.close();
});

/** The answer of the JSON of an inference: the first output asked for, or the fault of a row. */
function inferred({ statusCode, body }: Response): unknown {
  const { error, outputs } = JSON.parse(body);
  if (statusCode !== 200) return /^the input ".*", row \d/.test(error) ? error : undefined;
  return outputs[0].name === 'probability' ? outputs[0].data : undefined;
}

/** Sends an inference as bytes by HTTP and by gRPC: the answer is the same, or the fault is. */
async function assertSameAsBytes(request: FuzzRequest, response: Response): Promise<boolean> {
  const expected = inferred(response);
  const same = expected !== undefined && asBytes(request);
  if (!same) return false;
  const { method, url, headers, payload } = same.http;
  expect(inferred(await app.inject({ method, url, headers, payload }))).toEqual(expected);
  const answer = await client.call<InferAnswer>('ModelInfer', same.grpc).then(
    ({ raw_output_contents: [first] }) =>
      Array.from({ length: first.length / 8 }, (_, i) => first.readDoubleLE(8 * i)),
    ({ details }) => details,
  );
  expect(answer).toEqual(expected);
  return true;
}

/** The protocol has a shape of its own for everything below its address. */
function assertRefusal(path: string, type: string, body: Record<string, unknown>, status: number): void {
  if (/^\/v2(\/|$)/.test(path) && type.startsWith('application/json')) {
    expect(body).toEqual({ error: expect.stringMatching(/./) });
    return;
  }
  expect(type).toContain('application/problem+json');
  expect(body.status).toBe(status);
  assertProblem(body);
}

test(
  `${count} requests get a right answer or a problem that says what is wrong`,
  async () => {
    const answered: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(requests(documented), async (request) => {
        const { method, url, headers, payload } = request;
        const response = await app.inject({ method, url, headers, payload });
        const path = url.split('?')[0];
        const { statusCode } = response;
        const kind = path.endsWith('/infer') ? 'infer' : path;
        for (const key of [statusCode, `${kind} ${statusCode}`]) answered[key] = (answered[key] ?? 0) + 1;
        expect(statusCode).toBeLessThan(500);
        if (statusCode >= 400)
          assertRefusal(path, String(response.headers['content-type']), response.json(), statusCode);
        judge(request, response);
        if (kind === 'infer' && method === 'POST' && (await assertSameAsBytes(request, response)))
          answered.bytes = (answered.bytes ?? 0) + 1;
      }),
      { numRuns: count },
    );
    expect((await app.inject('/health')).json().status).toBe('ok');
    const often = ['200', '400', '404', '405', '415', '422'];
    const everywhere = ['/predict', '/invocations', 'infer'].map((kind) => `${kind} 200`);
    for (const kind of [...often, ...everywhere, 'infer 400', '/invocations 422', 'bytes'])
      expect([kind, answered[kind] > count / 1000]).toEqual([kind, true]);
  },
  20 * count,
);
