import type { Model } from '@hearth/artifact';
import { outputTensors } from '../v2/metadata.ts';
import type { Schema } from './columns.ts';
import { object, refTo, text } from './schemas.ts';
import { inputsSchema, requestSchema } from './v2-inputs.ts';

const lengths = (minimum: number): Schema => ({ type: 'array', items: { type: 'integer', minimum } });
const list = (items: Schema): Schema => ({ type: 'array', items });
const whole: Schema = { type: 'integer', minimum: 0 };
const { name, datatype }: Record<string, Schema> = { name: text, datatype: text };
const tensors = (names: string): Schema =>
  list(object({ name: text, data_type: text, [names]: lengths(-1) }));
const duration = object({ count: whole, ns: whole });

/** Schemas of the Open Inference Protocol, by name. */
export function v2Schemas(model: Model): Record<string, Schema> {
  const outputs = outputTensors(model);
  return {
    V2Error: { ...object({ error: text }), description: 'An error, in the shape of the protocol.' },
    V2Server: object({ name, version: text, extensions: list(text) }),
    V2Live: object({ live: { type: 'boolean' } }),
    V2Ready: object({ ready: { type: 'boolean' } }),
    V2ModelReady: object({ name, ready: { type: 'boolean' } }),
    V2Model: object({
      name,
      versions: list(text),
      platform: text,
      inputs: list(refTo('V2Tensor')),
      outputs: list(refTo('V2Tensor')),
    }),
    V2Tensor: {
      ...object({ name, datatype, shape: lengths(-1) }),
      description: 'Metadata of a tensor; -1 is a length that the request chooses.',
    },
    V2Configuration: object({
      name,
      platform: text,
      backend: text,
      version_policy: { type: 'object' },
      max_batch_size: whole,
      input: tensors('dims'),
      output: tensors('dims'),
      parameters: { type: 'object' },
    }),
    V2Statistics: object({
      model_stats: list(
        object({
          name,
          version: text,
          last_inference: { ...whole, description: 'Milliseconds since 1970; 0 before the first.' },
          inference_count: { ...whole, description: 'Rows answered by this protocol.' },
          execution_count: { ...whole, description: 'Requests answered by this protocol.' },
          inference_stats: object({
            success: duration,
            fail: duration,
            compute_input: duration,
            compute_infer: duration,
            compute_output: duration,
          }),
        }),
      ),
    }),
    V2Index: list(object({ name, version: text, state: { enum: ['READY', 'UNAVAILABLE'] }, reason: text })),
    V2Inputs: inputsSchema(model.manifest),
    V2Output: object({
      name: { enum: outputs.map((output) => output.name) },
      shape: lengths(0),
      datatype: { enum: [...new Set(outputs.map((output) => output.datatype))] },
      data: list({ type: ['number', 'string', 'boolean'] }),
    }),
    V2Request: requestSchema(
      model.manifest,
      outputs.map((output) => output.name),
    ),
    V2Response: object(
      {
        model_name: text,
        model_version: text,
        id: text,
        parameters: object({ interval_level: { type: 'number' } }),
        outputs: list(refTo('V2Output')),
      },
      ['model_name', 'model_version', 'outputs'],
    ),
  };
}
