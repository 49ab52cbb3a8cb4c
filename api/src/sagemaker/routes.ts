import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertPlainText, readBody } from '../admission/body.ts';
import type { Limits } from '../admission/index.ts';
import { readJsonBodies } from '../admission/json-body.ts';
import type { Answerer } from '../predict/answerer.ts';
import { Problem } from '../server/problem.ts';
import type { Serving } from '../serving/index.ts';
import { invocationFormats } from './formats.ts';
import { invoke } from './invocations.ts';

/**
 * The contract of a SageMaker container: `GET /ping` and `POST /invocations`
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html), and for Batch Transform
 * `GET /execution-parameters` (…/your-algorithms-batch-code.html). JSON is one row, a list, or a list in
 * `{"instances": […]}`; JSON lines are a row each; CSV may have a header or not.
 */
export async function sagemakerRoutes(
  app: FastifyInstance,
  { serving, answerer: current, limits }: { serving: Serving; answerer: () => Answerer; limits: Limits },
): Promise<void> {
  readJsonBodies(app, limits);
  app.addContentTypeParser(
    Object.keys(invocationFormats).filter((type) => type !== 'application/json'),
    async (request: FastifyRequest, payload: IncomingMessage) => {
      assertPlainText(request);
      const bytes = await readBody(request, payload, limits);
      await app.admit(request, bytes.length);
      if (!isUtf8(bytes)) throw new Problem('BAD_REQUEST', 'the body is not text in UTF-8');
      return bytes.toString();
    },
  );

  app.get('/ping', async (_request, reply) => {
    const healthy = serving.since !== undefined && !app.isDraining();
    return reply
      .code(healthy ? 200 : 503)
      .header('cache-control', 'no-store')
      .send();
  });

  app.get('/execution-parameters', async () => ({
    MaxConcurrentTransforms: 2, // one is answered while the other is on its way
    BatchStrategy: 'MULTI_RECORD',
    MaxPayloadInMB: Math.max(1, Math.floor(limits.bodyBytes / 2 ** 20)),
  }));

  app.post('/invocations', async ({ id, body, headers }, reply) => {
    const { 'content-type': contentType = '', accept } = headers;
    const answer = await invoke(current(), { id, contentType, accept, body }, limits);
    reply.type(`${answer.type}; charset=utf-8`);
    return answer.body;
  });
}
