import { intervalLevel, type Model, type Reading, type Row } from '@hearth/artifact';
import { Fault } from './fault.ts';
import { type MetadataTensor, outputTensors } from './metadata.ts';
import { quoted, readRequest } from './request.ts';
import { readRows } from './rows.ts';

/** An inference response object. */
export interface InferenceResponse {
  model_name: string;
  model_version: string;
  id?: string;
  parameters?: { interval_level: number };
  outputs: (MetadataTensor & { data: (number | string)[] })[];
}

/** Answers the body of an inference request. @throws Fault */
export function infer(model: Model, body: unknown): InferenceResponse {
  const { manifest, version } = model;
  const request = readRequest(body);
  const wanted = chooseOutputs(model, request.outputs);
  const rows = readRows(request, manifest.columns);
  refuseFaults(model, rows);
  const readings = rows.map((row) => model.predict(row));
  return {
    model_name: manifest.name,
    model_version: version,
    ...(request.id !== undefined && { id: request.id }),
    ...(manifest.interval && { parameters: { interval_level: intervalLevel } }),
    outputs: wanted.map((tensor) => ({
      ...tensor,
      shape: [rows.length],
      data: outputData(tensor.name, model, rows, readings),
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

function refuseFaults(model: Model, rows: readonly Row[]): void {
  for (const [i, row] of rows.entries()) {
    const [fault] = model.check(row, '');
    if (fault) throw new Fault(`the input "${fault.pointer.slice(1)}", row ${i}: ${fault.detail}`);
  }
}

function outputData(name: string, model: Model, rows: readonly Row[], readings: readonly Reading[]) {
  if (name === 'warnings') return rows.map((row) => JSON.stringify(model.warnings(row, '')));
  if (name === 'low') return readings.map(({ answer, interval }) => interval?.low ?? answer);
  if (name === 'high') return readings.map(({ answer, interval }) => interval?.high ?? answer);
  return readings.map(({ answer }) => answer);
}
