import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertPlainText } from '../admission/body.ts';
import type { Limits } from '../admission/index.ts';
import { readBodies } from '../admission/whole-bodies.ts';
import type { WireFormat } from '../formats/format.ts';
import { isLineFormat, wireFormats } from '../formats/index.ts';
import { allTypes, lineTypes, type MediaType, wholeTypes } from '../formats/media-types.ts';
import { answerType } from '../server/accept.ts';
import { compressed } from '../server/coding.ts';
import { Problem } from '../server/problem.ts';
import type { Answerer, AnswerersOf } from './answerer.ts';
import { streamAnswers } from './stream.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether to explain the answer of `POST /predict`, or its probability of which class. */
    explain: boolean | string;
  }
  interface FastifyContextConfig {
    /** The media types of bodies that the route reads. */
    reads?: readonly string[];
  }
}

const json = wireFormats['application/json'];
const formats = new Map<string, WireFormat>(Object.entries(wireFormats));

/** `POST /predict`: one row, a list of rows, or a stream of rows that is answered while it arrives. */
export async function predictRoutes(
  app: FastifyInstance,
  { answerersOf, limits }: { answerersOf: AnswerersOf; limits: Limits },
): Promise<void> {
  readBodies(app, wholeTypes, limits);
  app.addContentTypeParser(lineTypes, async (request: FastifyRequest) => assertPlainText(request));

  app.decorateRequest('explain', false);

  app.post('/predict', { config: { reads: allTypes } }, (request, reply) => {
    const query = knownParameters(request.query as Record<string, unknown>);
    const answerer = answerersOf(request)(decides(query), query.prevalence);
    request.explain = explained(query, answerer);
    const format = formatOf(request);
    if (!isLineFormat(format)) {
      const { headers } = request;
      const output = headers.accept === undefined ? format.answeredIn[0] : outputOf(headers.accept, format);
      reply.type(wireFormats[output].contentType).serializer(asItIs);
      const answer = format.answer(answerer, request.body as Buffer | undefined, request, limits, output);
      if (headers['accept-encoding'] === undefined) return answer;
      return typeof answer === 'string'
        ? compressed(request, reply, answer)
        : answer.then((bytes) => compressed(request, reply, bytes));
    }
    const output = outputOf(request.headers.accept, format);
    reply.type(wireFormats[output].contentType);
    return streamAnswers(request, reply, format.answerLines(answerer, request, output, limits), limits);
  });
}

/** With a serializer of the route, Fastify does not add a charset to JSON, which has none (RFC 8259, section 11). */
const asItIs = (text: string): string => text;

/** The media type of the answer. @throws Problem NOT_ACCEPTABLE */
function outputOf(accept: string | undefined, { answeredIn }: WireFormat): MediaType {
  if (accept === '*/*') return answeredIn[0];
  const [first, ...others] = answeredIn.map((type) => wireFormats[type].contentType);
  const type = answerType(accept, [first, ...others]);
  return answeredIn.find((each) => wireFormats[each].contentType === type) ?? answeredIn[0];
}

/** The format of the body; a body without a type is empty. */
function formatOf({ headers }: FastifyRequest): WireFormat {
  const type = headers['content-type'] ?? '';
  if (type === 'application/json') return json; // nearly always: no lookup needed
  return formats.get(type.split(';', 1)[0].trim().toLowerCase()) ?? json;
}

interface Parameters {
  explain?: unknown;
  decision?: unknown;
  prevalence?: unknown;
}

/** Refuses other parameters, as unknown columns are: a mistyped one must not pass for an answer without. */
function knownParameters(query: Record<string, unknown>): Parameters {
  for (const name in query)
    if (name !== 'explain' && name !== 'decision' && name !== 'prevalence') {
      const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
      throw new Problem(
        'BAD_REQUEST',
        `the parameter ${shown} is unknown; the parameters are explain, decision and prevalence`,
      );
    }
  return query;
}

/** `?decision=true` */
function decides({ decision = 'false' }: Parameters): boolean {
  if (decision === 'true' || decision === 'false') return decision === 'true';
  throw new Problem('BAD_REQUEST', 'the parameter decision takes true or false');
}

/** `?explain=true` or `?explain=CLASS` */
function explained({ explain = 'false' }: Parameters, { model }: Answerer): boolean | string {
  if (explain === 'true' || explain === 'false') return explain === 'true';
  const { target } = model.manifest;
  if (target.type !== 'classes')
    throw new Problem('BAD_REQUEST', 'the parameter explain takes true or false');
  const names = target.classes.map(({ value }) => value);
  if (typeof explain === 'string' && names.includes(explain)) return explain;
  const shown = names.slice(0, 10).join(', ') + (names.length > 10 ? ' …' : '');
  throw new Problem('BAD_REQUEST', `the parameter explain takes true, false or a class: ${shown}`);
}
