import type { FastifyInstance } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { readBodies } from '../admission/whole-bodies.ts';
import { parseBody } from '../formats/parse-json.ts';
import { noBody, sliceWithin } from '../predict/batch.ts';
import { assertRow, invalidInput } from '../predict/faults.ts';
import { prevalenceOf } from '../predict/prevalence.ts';
import { answerType } from '../server/accept.ts';
import { Problem } from '../server/problem.ts';
import type { ServingOf } from '../serving/index.ts';
import { nextColumns } from './next.ts';

const json = 'application/json';

/** `POST /next`: which column, if it were given too, is expected to narrow the answer to a row most. */
export async function nextRoutes(
  app: FastifyInstance,
  { of, limits }: { of: ServingOf; limits: Limits },
): Promise<void> {
  readBodies(app, [json], limits);

  app.post('/next', { config: { reads: [json] } }, async (request, reply) => {
    const { body, headers, query } = request;
    const { prevalence: asked, ...others } = query as Record<string, unknown>;
    if (Object.keys(others).length > 0)
      throw new Problem('BAD_REQUEST', 'the only parameter of POST /next is prevalence');
    answerType(headers.accept, [json]);
    if (!body) throw noBody();
    const model = of(request).model();
    const row = parseBody(body as Buffer, limits);
    if (Array.isArray(row)) throw invalidInput([{ pointer: '', detail: 'is a list: send one object' }]);
    assertRow(model, row);
    const cells = new Float64Array(model.manifest.columns.length);
    model.writeCells(row, cells, 0);
    const prevalence = asked === undefined ? undefined : prevalenceOf(asked, model);
    const answer = await nextColumns(model, cells, sliceWithin(limits), prevalence);
    const { manifest, version } = model;
    const source = { model: { name: manifest.name, version } };
    return reply.send({ ...answer, ...source, ...(prevalence && { prevalence: prevalence.value }) });
  });
}
