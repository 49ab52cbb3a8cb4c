import { intervalLevel, type Model, type Readings } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Slice } from '../admission/slice.ts';
import type { Answerer } from '../predict/answerer.ts';
import { answeredTogether, sliceWithin } from '../predict/batch.ts';
import { Fault } from './fault.ts';
import { chooseOutputs, fillOutputs, type Output } from './outputs.ts';
import type { InferenceRequest } from './request.ts';
import type { Statistics } from './statistics.ts';
import { readCells, rowCountOf } from './tensors.ts';

/** The answer to an inference request, by either protocol. */
export interface Inference {
  model: Model;
  id?: string;
  parameters?: { interval_level: number };
  outputs: Output[];
}

/** What inferences need besides the request. */
export interface Inferring {
  answerer: Answerer;
  limits: Pick<Limits, 'batchRows' | 'answerSeconds'>;
  statistics: Statistics;
}

/**
 * Answers an inference request; other requests are answered in between.
 * @param secondsLeft until the client gives up, if it says so
 * @throws Fault, or Problem TOO_BUSY
 */
export async function infer(
  { answerer, limits, statistics }: Inferring,
  request: InferenceRequest,
  requestId: string,
  secondsLeft = Number.POSITIVE_INFINITY,
): Promise<Inference> {
  const { model } = answerer;
  const timer = statistics.begin(model);
  try {
    const wanted = chooseOutputs(model, request.outputs);
    const count = rowCountOf(request);
    if (count > limits.batchRows)
      throw new Fault(`there are ${count} rows; a request has at most ${limits.batchRows}`, 413);
    const slice = sliceWithin({ answerSeconds: secondsFor(request, limits, secondsLeft) });
    const cells = await readCells(request, model, slice);
    timer.next();
    const readings = await readAll(answerer, cells, requestId, slice);
    timer.next();
    const outputs = fillOutputs(wanted, { requestId, model, cells, readings });
    timer.succeed(count);
    return {
      model,
      ...(request.id !== undefined && { id: request.id }),
      ...(model.manifest.interval && { parameters: { interval_level: intervalLevel } }),
      outputs,
    };
  } catch (error) {
    timer.fail();
    throw error;
  }
}

/** The parameter `timeout` is in microseconds. */
const secondsFor = (
  { parameters: { timeout } }: InferenceRequest,
  { answerSeconds }: Pick<Limits, 'answerSeconds'>,
  secondsLeft: number,
): number =>
  Math.min(
    answerSeconds,
    secondsLeft,
    timeout === undefined ? Number.POSITIVE_INFINITY : Number(timeout) / 1e6,
  );

/** The readings of all rows. */
async function readAll(
  answerer: Answerer,
  cells: Float64Array,
  requestId: string,
  slice: Slice,
): Promise<Readings> {
  const width = answerer.model.manifest.columns.length;
  const rows = cells.length / width;
  if (rows <= answeredTogether) return answerer.read(cells, requestId);
  const all: Record<string, Float64Array | Uint8Array> = {};
  for (let row = 0; row < rows; row += answeredTogether) {
    const some = cells.subarray(row * width, (row + answeredTogether) * width);
    const count = some.length / width;
    for (const [name, numbers] of Object.entries(answerer.read(some, requestId))) {
      const each = numbers.length / count;
      all[name] ??=
        numbers instanceof Uint8Array ? new Uint8Array(rows * each) : new Float64Array(rows * each);
      all[name].set(numbers, row * each);
    }
    if (slice.isOver()) await slice.rest();
  }
  return all as unknown as Readings;
}
