import type { Manifest, Model } from '@hearth/artifact';
import { datatypeOf } from '../v2/datatypes.ts';
import { exampleRow, type Schema } from './columns.ts';
import { get, inPath, jsonOf } from './operations.ts';
import { refTo } from './schemas.ts';

const v2Error = {
  description: 'The request is invalid; error says why.',
  content: jsonOf('V2Error'),
};
const otherwise = {
  '4XX': v2Error,
  503: { description: 'No model can answer, or the server is overloaded.', content: jsonOf('V2Error') },
};

/** The Open Inference Protocol, version 2, over REST. */
export function v2Paths({ manifest, version }: Model): Record<string, Schema> {
  const model = inPath('model', manifest.name, 'Name of a model, as the index of the repository lists it.');
  const named = inPath('version', version, 'A published version, or production.');
  return {
    '/v2': read('v2Server', 'Name, version and extensions of the server', 'V2Server'),
    '/v2/health/live': read('v2Live', 'Whether the process runs', 'V2Live'),
    '/v2/health/ready': read('v2Ready', 'Whether a model can answer', 'V2Ready', notReady('V2Ready')),
    ...modelPaths('/v2/models/{model}', '', [model], manifest),
    ...modelPaths('/v2/models/{model}/versions/{version}', 'Version', [model, named], manifest),
    '/v2/models/stats': read(
      'v2Statistics',
      'How many inferences took how long, by this protocol',
      'V2Statistics',
    ),
    '/v2/repository/index': {
      post: {
        operationId: 'v2RepositoryIndex',
        summary: 'The models of the repository',
        description: 'All models, as the clients of Triton list them.',
        tags: ['v2'],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: ['object', 'null'],
                properties: { ready: { type: 'boolean' } },
                additionalProperties: false,
              },
              example: { ready: true },
            },
          },
        },
        responses: { 200: { description: 'Success.', content: jsonOf('V2Index') }, ...otherwise },
      },
    },
  };
}

function modelPaths(
  path: string,
  which: string,
  parameters: Schema[],
  manifest: Manifest,
): Record<string, Schema> {
  return {
    [path]: { parameters, ...read(`v2Model${which}`, 'Inputs and outputs of the model', 'V2Model') },
    [`${path}/config`]: {
      parameters,
      ...read(
        `v2Model${which}Configuration`,
        "The model as Triton's clients configure it",
        'V2Configuration',
      ),
    },
    [`${path}/stats`]: {
      parameters,
      ...read(
        `v2Model${which}Statistics`,
        'How many inferences took how long, by this protocol',
        'V2Statistics',
      ),
    },
    [`${path}/ready`]: {
      parameters,
      ...read(
        `v2Model${which}Ready`,
        'Whether the model can answer',
        'V2ModelReady',
        notReady('V2ModelReady'),
      ),
    },
    [`${path}/infer`]: {
      parameters,
      post: {
        operationId: `v2Infer${which}`,
        summary: 'Predict rows sent as tensors',
        description:
          'A tensor for each column, or one with all columns. All rows are checked before the first is predicted.',
        tags: ['v2'],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: refTo('V2Request'), example: exampleInference(manifest) },
          },
        },
        responses: {
          200: {
            description:
              'The predictions. Outputs that are asked for as bytes follow the JSON, whose length is in Inference-Header-Content-Length; the content type is then application/octet-stream.',
            content: {
              ...jsonOf('V2Response'),
              'application/octet-stream': {
                schema: { type: 'string', contentMediaType: 'application/octet-stream' },
              },
            },
          },
          ...otherwise,
        },
      },
    },
  };
}

const read = (operationId: string, summary: string, schema: string, more: Schema = {}): Schema =>
  get({ tag: 'v2', operationId, summary, content: jsonOf(schema), otherwise: { ...otherwise, ...more } });

const notReady = (schema: string): Schema => ({
  503: { description: 'Not ready.', content: jsonOf(schema) },
});

/** An inference request of one row, with one tensor per column. */
export function exampleInference({ columns }: Manifest): object {
  const row = exampleRow(columns);
  return {
    id: '42',
    inputs: columns.map((column) => ({
      name: column.name,
      shape: [1],
      datatype: datatypeOf(column),
      data: [row[column.name]],
    })),
  };
}
