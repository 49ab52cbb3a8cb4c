import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertPlainText } from '../admission/body.ts';
import type { Limits } from '../admission/index.ts';
import { readBodies } from '../admission/json-body.ts';
import type { WireFormat } from '../formats/format.ts';
import { isLineFormat, wireFormats } from '../formats/index.ts';
import { lineTypes, wholeTypes } from '../formats/media-types.ts';
import { preferredOf } from '../formats/preferred.ts';
import { Problem } from '../server/problem.ts';
import type { Answerer } from './answerer.ts';
import { streamAnswers } from './stream.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether to explain the answer of `POST /predict`. */
    explain: boolean;
  }
}

const json = wireFormats['application/json'];
const formats = new Map<string, WireFormat>(Object.entries(wireFormats));

/** `POST /predict`: one row, a list of rows, or a stream of rows that is answered while it arrives. */
export async function predictRoutes(
  app: FastifyInstance,
  { answerer: current, limits }: { answerer: (decides?: boolean) => Answerer; limits: Limits },
): Promise<void> {
  readBodies(app, wholeTypes, limits, (bytes) => bytes);
  app.addContentTypeParser(lineTypes, async (request: FastifyRequest) => assertPlainText(request));

  app.decorateRequest('explain', false);

  app.post('/predict', (request, reply) => {
    const { explain, decision } = readQuery(request.query as Record<string, unknown>);
    request.explain = explain;
    const answerer = current(decision);
    const format = formatOf(request);
    if (!isLineFormat(format)) {
      reply.type(format.contentType);
      return format.answer(answerer, request.body as Buffer | undefined, request, limits);
    }
    const output = preferredOf(request.headers.accept, format.answeredIn);
    reply.type(wireFormats[output].contentType);
    return streamAnswers(request, reply, format.answerLines(answerer, request, output, limits), limits);
  });
}

/** The format of the body; a body without a type is empty. */
function formatOf({ headers }: FastifyRequest): WireFormat {
  const type = headers['content-type'] ?? '';
  if (type === 'application/json') return json; // nearly always: no lookup needed
  return formats.get(type.split(';', 1)[0].trim().toLowerCase()) ?? json;
}

/** What most requests ask for besides the answer. */
const nothing = { explain: false, decision: false };

/** Reads `?explain=true&decision=true`. Other parameters are refused, as unknown columns are: a mistyped one must not pass for an answer without. */
function readQuery(query: Record<string, unknown>): typeof nothing {
  let asked = nothing;
  for (const name in query) {
    if (name !== 'explain' && name !== 'decision') {
      const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
      throw new Problem(
        'BAD_REQUEST',
        `the parameter ${shown} is unknown; the parameters are explain and decision`,
      );
    }
    const value = query[name];
    if (value !== 'true' && value !== 'false')
      throw new Problem('BAD_REQUEST', `the parameter ${name} takes true or false`);
    asked = { ...asked, [name]: value === 'true' };
  }
  return asked;
}
