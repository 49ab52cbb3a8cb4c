import type { Model } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { inputTensors, type MetadataTensor, outputTensors, platform } from './metadata.ts';

/** Names of datatypes in a model configuration. */
const typeOf = (datatype: string): string => `TYPE_${datatype === 'BYTES' ? 'STRING' : datatype}`;

const tensorOf = ({ name, datatype, shape }: MetadataTensor) => ({
  name,
  data_type: typeOf(datatype),
  dims: shape,
});

/**
 * The model configuration as Triton's clients read it
 * (https://github.com/triton-inference-server/common/blob/main/protobuf/model_config.proto). The rows are a dimension of each tensor, not a
 * batch that the server makes, so `max_batch_size` is 0; the largest request is a parameter.
 */
export const modelConfiguration = (model: Model, { batchRows }: Pick<Limits, 'batchRows'>) => ({
  name: model.manifest.name,
  platform,
  backend: 'hearth',
  version_policy: { latest: { num_versions: 1 } },
  max_batch_size: 0,
  input: inputTensors(model).map((tensor, i) => ({
    ...tensorOf(tensor),
    ...(model.manifest.columns[i].required ? {} : { optional: true }),
  })),
  output: outputTensors(model).map(tensorOf),
  parameters: { batch_rows: { string_value: String(batchRows) } },
});
