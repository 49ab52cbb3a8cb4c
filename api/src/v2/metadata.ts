import type { Model } from '@hearth/artifact';
import { intervalColumns, outputNames, targetKind } from '@hearth/artifact';
import { datatypeOf } from './datatypes.ts';

/** A tensor in the metadata; -1 is a length that the request chooses. */
export interface MetadataTensor {
  name: string;
  datatype: string;
  shape: number[];
}

/**
 * `GET /v2`. Extensions: those of Triton by their names
 * (https://github.com/triton-inference-server/server/tree/main/docs/protocol), of the repository only its index; null and `missing_value` in
 * inputs, and all columns in one tensor.
 */
export const serverMetadata = (version: string) => ({
  name: 'hearth',
  version,
  extensions: [
    'binary_tensor_data',
    'model_configuration',
    'model_repository',
    'statistics',
    'missing_values',
    'table_tensor',
  ],
});

/** `GET /v2/models/{name}` */
export const modelMetadata = (model: Model) => ({
  name: model.manifest.name,
  versions: [model.version],
  platform,
  inputs: inputTensors(model),
  outputs: outputTensors(model),
});

export const platform = 'hearth_forest';

/** The input tensors of a model, one for each column. */
export const inputTensors = ({ manifest: { columns } }: Model): MetadataTensor[] =>
  columns.map((column) => ({ name: column.name, datatype: datatypeOf(column), shape: [-1] }));

const made = new WeakMap<Model, readonly MetadataTensor[]>();

/** The output tensors of a model; the answer is the first. */
export function outputTensors(model: Model): readonly MetadataTensor[] {
  let tensors = made.get(model);
  if (!tensors) {
    tensors = makeOutputTensors(model);
    made.set(model, tensors);
  }
  return tensors;
}

function makeOutputTensors({ manifest }: Model): MetadataTensor[] {
  const several = outputNames(manifest.target);
  const { field: answer } = targetKind(manifest.target);
  const numbers = [answer, ...intervalColumns(manifest.interval)];
  const texts = [...(several?.field === 'probabilities' ? ['class'] : []), 'warnings', 'id'];
  return [
    ...(several
      ? [{ name: several.field, datatype: 'FP64', shape: [-1, several.names.length] }]
      : numbers.map((name) => ({ name, datatype: 'FP64', shape: [-1] }))),
    ...(several && manifest.predictionSet
      ? [{ name: 'set', datatype: 'BOOL', shape: [-1, several.names.length] }]
      : []),
    ...texts.map((name) => ({ name, datatype: 'BYTES', shape: [-1] })),
  ];
}
