import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Limits } from '../limits/index.ts';
import { answererOf, answerJson, assertPlainText, readBody, readJsonBodies } from '../predict/index.ts';
import { Problem } from '../problem.ts';
import type { Serving } from '../serving/index.ts';
import { readCsv } from './csv.ts';

const json = 'application/json';
const csv = 'text/csv';

/**
 * The contract of a SageMaker container: `GET /ping` and `POST /invocations`
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html). JSON is one row, a list, or a list in
 * `{"instances": […]}`, and is answered by JSON; CSV may have a header or not, and is answered by CSV unless Accept asks for JSON.
 */
export async function sagemakerRoutes(
  app: FastifyInstance,
  { serving, limits }: { serving: Serving; limits: Limits },
): Promise<void> {
  readJsonBodies(app, limits);
  app.addContentTypeParser(csv, async (request: FastifyRequest, payload: IncomingMessage) => {
    assertPlainText(request);
    const bytes = await readBody(request, payload, limits);
    app.admit(request);
    if (!isUtf8(bytes)) throw new Problem('BAD_REQUEST', 'the body is not text in UTF-8');
    return bytes.toString();
  });

  app.get('/ping', async (_request, reply) => {
    const healthy = serving.since !== undefined && !app.isDraining();
    return reply
      .code(healthy ? 200 : 503)
      .header('cache-control', 'no-store')
      .send();
  });

  app.post('/invocations', async ({ body, headers }, reply) => {
    const answerer = answererOf(serving.model());
    const table = typeof body === 'string' && readCsv(body, headers['content-type'] ?? '', answerer.model);
    if (table && negotiate(headers.accept ?? csv, [csv, json]) !== json) {
      reply.type('text/csv; charset=utf-8');
      return table.answer(answerer);
    }
    reply.type('application/json; charset=utf-8');
    return answerJson(answerer, table ? table.rows : instancesOf(body), false, limits);
  });
}

/** What TensorFlow Serving's clients, and SageMaker's examples, put a batch into. */
function instancesOf(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { instances, ...others } = body as Record<string, unknown>;
  return Array.isArray(instances) && Object.keys(others).length === 0 ? instances : body;
}
