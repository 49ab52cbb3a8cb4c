import {
  intervalLevel,
  type Model,
  type Prediction,
  pointerTo,
  type Remark,
  type Row,
  type ValuePrediction,
} from '@hearth/artifact';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';
import type { Serving } from '../serving/index.ts';

/** Faults that one answer lists; a batch can have more. */
const faultsShown = 100;

/** `POST /predict`: one row, or a list of rows answered in order. */
export async function predictRoutes(app: FastifyInstance, { serving }: { serving: Serving }): Promise<void> {
  app.post('/predict', async ({ body, query }) => {
    const explain = readExplain(query as Record<string, unknown>);
    const model = serving.model();
    const source = { name: model.manifest.name, version: model.version };
    if (!Array.isArray(body)) {
      refuseFaults(model.check(body, ''));
      return { ...predictRow(model, body as Row, '', explain), model: source };
    }
    if (body.length === 0)
      throw invalidInput([{ pointer: '', detail: 'is an empty list: send at least one row' }]);
    refuseFaults(body.flatMap((row, i) => model.check(row, pointerTo('', i))));
    return {
      predictions: body.map((row, i) => predictRow(model, row, pointerTo('', i), explain)),
      model: source,
    };
  });
}

/** `?explain=true` asks for what moved the answer. */
function readExplain({ explain = 'false' }: Record<string, unknown>): boolean {
  if (explain === 'true' || explain === 'false') return explain === 'true';
  throw new Problem('BAD_REQUEST', 'the parameter explain takes true or false');
}

type Answer = Omit<Prediction, 'model'> | Omit<ValuePrediction, 'model'>;

function predictRow(model: Model, row: Row, pointer: string, explain: boolean): Answer {
  const { answer, interval } = model.predict(row);
  const warnings = model.warnings(row, pointer);
  return {
    ...(model.manifest.target.type === 'binary' ? { probability: answer } : { value: answer }),
    ...(interval && { interval: { level: intervalLevel, ...interval } }),
    ...(warnings.length > 0 && { warnings }),
    ...(explain && { contributions: model.explain(row) }),
  };
}

function refuseFaults(faults: Remark[]): void {
  if (faults.length > 0) throw invalidInput(faults);
}

function invalidInput(faults: Remark[]): Problem {
  const more = faults.length > faultsShown ? `; the first ${faultsShown} of ${faults.length} are listed` : '';
  const [{ pointer, detail }] = faults;
  const first = `${pointer || 'the body'} ${detail}`;
  return new Problem('INVALID_INPUT', `${first}${more}`, faults.slice(0, faultsShown));
}
