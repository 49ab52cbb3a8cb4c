import type { Schema } from './columns.ts';
import { object, refTo, text } from './schemas.ts';

const lengths = (minimum: number): Schema => ({ type: 'array', items: { type: 'integer', minimum } });
const parameters: Schema = { type: 'object', additionalProperties: true };
const cells: Schema = { type: ['number', 'string', 'null'] };
const list = (items: Schema): Schema => ({ type: 'array', items });
const { name, datatype }: Record<string, Schema> = { name: text, datatype: text };

/** Schemas of the Open Inference Protocol, by name. */
export const v2Schemas: Record<string, Schema> = {
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
  V2Input: {
    ...object(
      { name, shape: lengths(0), datatype, parameters, data: list({ oneOf: [cells, list(cells)] }) },
      ['name', 'shape', 'datatype', 'data'],
    ),
    description:
      'One column, of shape [n] or [n, 1]. Or a single tensor under another name with all columns in the order of the metadata, of shape [n, columns]; its datatype is BYTES if the columns have several kinds. null means unknown, as does the value of the parameter missing_value.',
  },
  V2Output: object({ name, shape: lengths(0), datatype, data: list({ type: ['number', 'string'] }) }),
  V2Request: object(
    {
      id: text,
      parameters,
      inputs: { ...list(refTo('V2Input')), minItems: 1 },
      outputs: list(object({ name, parameters }, ['name'])),
    },
    ['inputs'],
  ),
  V2Response: object(
    { model_name: text, model_version: text, id: text, parameters, outputs: list(refTo('V2Output')) },
    ['model_name', 'model_version', 'outputs'],
  ),
};
