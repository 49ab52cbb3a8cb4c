import { type Model, mainOutput, outputNames, type Readings } from '@hearth/artifact';
import { answerId } from '../predict/answerer.ts';
import { Fault, quoted } from './fault.ts';
import { type MetadataTensor, outputTensors } from './metadata.ts';
import type { WantedOutput } from './request.ts';

/** The answers to the rows of a request. */
export interface Answers {
  requestId: string;
  model: Model;
  /** [rows × columns] */
  cells: Float64Array;
  readings: Readings;
}

/** An output tensor with its elements, row after row: numbers, truth values as 1 and 0, or texts. */
export interface Output extends MetadataTensor {
  data: Float64Array | Uint8Array | string[];
  /** Whether to send it as bytes; undefined: as the request says for all. */
  isBinary?: boolean;
}

/** The tensors that a request asks for, all by default. @throws Fault for one that the model does not have */
export function chooseOutputs(
  model: Model,
  wanted: readonly WantedOutput[] | undefined,
): readonly (MetadataTensor & Pick<Output, 'isBinary'>)[] {
  const tensors = outputTensors(model);
  if (!wanted) return tensors;
  return wanted.map(({ name, isBinary }) => {
    const tensor = tensors.find((each) => each.name === name);
    if (tensor) return { ...tensor, isBinary };
    const known = tensors.map((each) => each.name).join(', ');
    throw new Fault(`there is no output ${quoted(name)}; there are ${known}`);
  });
}

/** Fills tensors of `chooseOutputs`. */
export function fillOutputs(tensors: ReturnType<typeof chooseOutputs>, answers: Answers): Output[] {
  const rows = answers.readings.answer.length;
  return tensors.map((tensor) => ({
    ...tensor,
    shape: [rows, ...tensor.shape.slice(1)],
    data: dataOf(tensor.name, answers),
  }));
}

function dataOf(name: string, { requestId, model, cells, readings }: Answers): Output['data'] {
  const { answer, outputs, low, high, meanLow, meanHigh, sets } = readings;
  const ends: Record<string, Float64Array | undefined> = {
    low,
    high,
    mean_low: meanLow,
    mean_high: meanHigh,
  };
  if (Object.hasOwn(ends, name)) return ends[name] ?? answer;
  if (name === 'set' && sets) return sets;
  const texts = (of: (row: number) => string): string[] => Array.from(answer, (_, row) => of(row));
  if (name === 'id') return texts((row) => answerId(requestId, row));
  if (name === 'warnings') {
    const width = model.manifest.columns.length;
    return texts((row) => JSON.stringify(model.cellWarnings(cells, row * width, '')));
  }
  const several = outputNames(model.manifest.target);
  if (!several || !outputs) return answer;
  if (name !== 'class') return outputs;
  return texts((row) => several.names[mainOutput(several, outputs, row * several.names.length)]);
}
