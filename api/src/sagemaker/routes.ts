import type { FastifyInstance } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { readBodies } from '../admission/whole-bodies.ts';
import type { AnswerersOf } from '../predict/answerer.ts';
import { compressed } from '../server/coding.ts';
import type { ServingOf } from '../serving/index.ts';
import { invocationTypes } from './formats.ts';
import { invoke } from './invocations.ts';

/**
 * The contract of a SageMaker container: `GET /ping` and `POST /invocations`
 * (https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html), and for Batch Transform
 * `GET /execution-parameters` (…/your-algorithms-batch-code.html). JSON is one row, a list, or a list in
 * `{"instances": […]}`; JSON lines are a row each; CSV may have a header or not.
 */
export async function sagemakerRoutes(
  app: FastifyInstance,
  { of, answerersOf, limits }: { of: ServingOf; answerersOf: AnswerersOf; limits: Limits },
): Promise<void> {
  readBodies(app, invocationTypes, limits);

  app.get('/ping', async (request, reply) => {
    const healthy = of(request).since !== undefined && !app.isDraining();
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

  // a body of the announced size is answered, however many rows it has
  const byBytes = { ...limits, batchRows: Number.POSITIVE_INFINITY };
  app.post('/invocations', { config: { reads: invocationTypes } }, async (request, reply) => {
    const { 'content-type': contentType = '', accept } = request.headers;
    const body = request.body as Buffer | undefined;
    const answerer = answerersOf(request)();
    const answer = await invoke(answerer, { id: request.id, contentType, accept, body }, byBytes);
    reply.type(answer.type).serializer(asItIs);
    return compressed(request, reply, answer.body);
  });
}

/** See `POST /predict`. */
const asItIs = (text: string): string => text;
