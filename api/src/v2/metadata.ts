import type { Model } from '@hearth/artifact';
import { intervalColumns, outputNames, targetKind } from '@hearth/artifact';
import { datatypeOf } from './datatypes.ts';

/** A tensor in the metadata; -1 is a length that the request chooses. */
export interface MetadataTensor {
  name: string;
  datatype: string;
  shape: number[];
}

/** `GET /v2`. Extensions: null and `missing_value` in inputs, and all columns in one tensor. */
export const serverMetadata = (version: string) => ({
  name: 'hearth',
  version,
  extensions: ['missing_values', 'table_tensor'],
});

/** `GET /v2/models/{name}` */
export const modelMetadata = (model: Model) => ({
  name: model.manifest.name,
  versions: [model.version],
  platform: 'hearth_forest',
  inputs: model.manifest.columns.map(
    (column): MetadataTensor => ({ name: column.name, datatype: datatypeOf(column), shape: [-1] }),
  ),
  outputs: outputTensors(model),
});

/** The output tensors of a model; the answer is the first. */
export function outputTensors({ manifest }: Model): MetadataTensor[] {
  const several = outputNames(manifest.target);
  const { field: answer } = targetKind(manifest.target);
  const numbers = [answer, ...intervalColumns(manifest.interval)];
  const texts = several?.field === 'probabilities' ? ['class', 'warnings', 'id'] : ['warnings', 'id'];
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
