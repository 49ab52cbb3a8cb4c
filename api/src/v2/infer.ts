import {
  intervalLevel,
  type Model,
  mainOutput,
  nameAt,
  outputNames,
  type Reading,
  type Row,
} from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { startSlice } from '../admission/slice.ts';
import { type Answerer, answerId } from '../predict/answerer.ts';
import { Fault } from './fault.ts';
import { type MetadataTensor, outputTensors } from './metadata.ts';
import { quoted, readRequest } from './request.ts';
import { readRows, rowCountOf } from './rows.ts';

/** An inference response object. */
export interface InferenceResponse {
  model_name: string;
  model_version: string;
  id?: string;
  parameters?: { interval_level: number };
  outputs: (MetadataTensor & { data: (number | string | boolean)[] })[];
}

/** Answers the body of an inference request; other requests are answered in between. @throws Fault */
export async function infer(
  { model, predict }: Answerer,
  requestId: string,
  body: unknown,
  { batchRows }: Pick<Limits, 'batchRows'>,
): Promise<InferenceResponse> {
  const { manifest, version } = model;
  const request = readRequest(body);
  const wanted = chooseOutputs(model, request.outputs);
  const count = rowCountOf(request);
  if (count > batchRows) throw new Fault(`there are ${count} rows; a request has at most ${batchRows}`, 413);
  const rows = readRows(request, manifest);
  const slice = startSlice();
  for (const [i, row] of rows.entries()) {
    refuseFault(model, row, i);
    if (slice.isOver()) await slice.rest();
  }
  const readings: Reading[] = [];
  for (const row of rows) {
    readings.push(predict(row, requestId));
    if (slice.isOver()) await slice.rest();
  }
  return {
    model_name: manifest.name,
    model_version: version,
    ...(request.id !== undefined && { id: request.id }),
    ...(manifest.interval && { parameters: { interval_level: intervalLevel } }),
    outputs: wanted.map((tensor) => ({
      ...tensor,
      shape: [rows.length, ...tensor.shape.slice(1)],
      data:
        tensor.name === 'id'
          ? rows.map((_, i) => answerId(requestId, i))
          : outputData(tensor.name, model, rows, readings),
    })),
  };
}

function chooseOutputs(model: Model, names: string[] | undefined): MetadataTensor[] {
  const tensors = outputTensors(model);
  return (
    names?.map((wanted) => {
      const tensor = tensors.find(({ name }) => name === wanted);
      if (tensor) return tensor;
      const known = tensors.map(({ name }) => name).join(', ');
      throw new Fault(`there is no output ${quoted(wanted)}; there are ${known}`);
    }) ?? tensors
  );
}

function refuseFault(model: Model, row: Row, i: number): void {
  const [fault] = model.check(row, '');
  if (fault) throw new Fault(`the input "${nameAt(fault.pointer)}", row ${i}: ${fault.detail}`);
}

function outputData(name: string, model: Model, rows: readonly Row[], readings: readonly Reading[]) {
  if (name === 'warnings') return rows.map((row) => JSON.stringify(model.warnings(row, '')));
  if (name === 'low') return readings.map(({ answer, interval }) => interval?.low ?? answer);
  if (name === 'high') return readings.map(({ answer, interval }) => interval?.high ?? answer);
  if (name === 'mean_low') return readings.map(({ answer, mean }) => mean?.low ?? answer);
  if (name === 'mean_high') return readings.map(({ answer, mean }) => mean?.high ?? answer);
  const several = outputNames(model.manifest.target);
  if (!several) return readings.map(({ answer }) => answer);
  if (name === 'set') return readings.flatMap(({ set = [] }) => several.names.map((_, k) => set.includes(k)));
  if (name !== 'class') return readings.flatMap(({ outputs = [] }) => outputs);
  return readings.map(({ outputs = [] }) => several.names[mainOutput(several, outputs)]);
}
