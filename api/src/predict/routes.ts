import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertPlainText } from '../admission/body.ts';
import type { Limits } from '../admission/index.ts';
import { readBodies } from '../admission/json-body.ts';
import { csvAnswers } from '../formats/csv.ts';
import { ndjsonAnswers } from '../formats/ndjson.ts';
import { Problem } from '../server/problem.ts';
import type { Serving } from '../serving/index.ts';
import { answererOf } from './answerer.ts';
import { answerBody } from './batch.ts';
import { streamAnswers } from './stream.ts';

const ndjson = 'application/x-ndjson';
const csv = 'text/csv';

/** `POST /predict`: one row, a list of rows answered in order, or a stream of rows answered while it arrives. */
export async function predictRoutes(
  app: FastifyInstance,
  { serving, limits }: { serving: Serving; limits: Limits },
): Promise<void> {
  readBodies(app, limits, (bytes) => bytes);
  app.addContentTypeParser([ndjson, csv], async (request: FastifyRequest) => assertPlainText(request));

  app.post('/predict', (request, reply) => {
    const explain = readExplain(request.query as Record<string, unknown>);
    const answerer = answererOf(serving.model());
    switch (mediaType(request)) {
      case ndjson:
        reply.type(ndjson);
        return streamAnswers(request, reply, ndjsonAnswers(answerer, explain, limits), limits);
      case csv: {
        const output = negotiate(request.headers.accept ?? csv, [csv, ndjson]) === ndjson ? ndjson : csv;
        reply.type(output === csv ? 'text/csv; charset=utf-8; header=present' : ndjson);
        return streamAnswers(request, reply, csvAnswers(answerer, { explain, output }, limits), limits);
      }
      default:
        reply.type('application/json; charset=utf-8');
        return answerBody(answerer, request.body as Buffer | undefined, explain, limits);
    }
  });
}

function mediaType({ headers }: FastifyRequest): string {
  const type = headers['content-type'] ?? '';
  return type === 'application/json' ? type : type.split(';', 1)[0].trim().toLowerCase();
}

/** `?explain=true` asks for what moved the answer. */
function readExplain({ explain = 'false' }: Record<string, unknown>): boolean {
  if (explain === 'true' || explain === 'false') return explain === 'true';
  throw new Problem('BAD_REQUEST', 'the parameter explain takes true or false');
}
