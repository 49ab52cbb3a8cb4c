import type { FastifyInstance } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { readBodies } from '../admission/whole-bodies.ts';
import { parseBody } from '../formats/parse-json.ts';
import { noBody, sliceWithin } from '../predict/batch.ts';
import { assertRow, invalidInput } from '../predict/faults.ts';
import { answerType } from '../server/accept.ts';
import { Problem } from '../server/problem.ts';
import type { Serving } from '../serving/index.ts';
import { nextColumns } from './next.ts';

const json = 'application/json';

/** `POST /next`: which column, if it were given too, is expected to narrow the answer to a row most. */
export async function nextRoutes(
  app: FastifyInstance,
  { serving, limits }: { serving: Serving; limits: Limits },
): Promise<void> {
  readBodies(app, [json], limits);

  app.post('/next', { config: { reads: [json] } }, async ({ body, headers, query }, reply) => {
    if (Object.keys(query as object).length > 0)
      throw new Problem('BAD_REQUEST', 'POST /next has no parameters');
    answerType(headers.accept, [json]);
    if (!body) throw noBody();
    const model = serving.model();
    const row = parseBody(body as Buffer, limits);
    if (Array.isArray(row)) throw invalidInput([{ pointer: '', detail: 'is a list: send one object' }]);
    assertRow(model, row);
    const cells = new Float64Array(model.manifest.columns.length);
    model.writeCells(row, cells, 0);
    const { manifest, version } = model;
    const answer = await nextColumns(model, cells, sliceWithin(limits));
    return reply.send({ ...answer, model: { name: manifest.name, version } });
  });
}
