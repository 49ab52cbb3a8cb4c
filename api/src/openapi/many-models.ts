import type { Model } from '@hearth/artifact';
import type { Schema } from './columns.ts';
import { get, inPath, jsonOf } from './operations.ts';

interface Paths {
  /** The paths below the address of a model. */
  model: Record<string, Schema>;
  /** The paths below the address of a version. */
  version: Record<string, Schema>;
}

/**
 * The addresses of all models. What a body holds depends on the model, so that only its media types are here: the document at
 * /models/{model}/openapi.json has its columns.
 */
export function manyModelsPaths(paths: Paths, { manifest, version }: Model): Record<string, Schema> {
  const model = inPath('model', manifest.name, 'Name of a model, as /models lists them.');
  const named = inPath('version', version, 'A published version of the model.');
  return {
    '/models': get({
      tag: 'models',
      operationId: 'listModels',
      summary: 'All models, and what each serves',
      content: jsonOf('Models'),
    }),
    '/models/{model}': {
      parameters: [model],
      ...get({
        tag: 'models',
        operationId: 'modelState',
        summary: 'One model, and what it serves',
        description: 'It is not loaded for this.',
        content: jsonOf('ListedModel'),
      }),
    },
    ...below('/models/{model}', 'OfModel', [model], paths.model),
    ...below('/models/{model}/versions/{version}', 'OfVersion', [model, named], paths.version),
  };
}

const below = (
  address: string,
  which: string,
  parameters: Schema[],
  paths: Record<string, Schema>,
): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      address + path,
      {
        parameters,
        ...Object.fromEntries(
          Object.entries(item).map(([method, operation]) => [method, ofAny(operation as Schema, which)]),
        ),
      },
    ]),
  );

/** The operation for whatever model: bodies have a media type and no schema of their own. */
function ofAny(operation: Schema, which: string): Schema {
  const { requestBody, responses, parameters, ...rest } = operation as {
    requestBody?: Schema;
    responses: Record<string, Schema>;
    parameters?: Schema[];
  } & Schema;
  const { 200: success, ...otherwise } = responses;
  const given = parameters?.filter(({ name }) => name === 'explain' || name === 'prevalence');
  return {
    ...rest,
    operationId: `${rest.operationId}${which}`,
    tags: ['models'],
    ...(given && { parameters: given.map((each) => ({ ...each, schema: { type: 'string' } })) }),
    ...(requestBody && { requestBody: { ...requestBody, ...typesOf(requestBody) } }),
    responses: { 200: { ...success, ...typesOf(success) }, ...otherwise },
  };
}

const typesOf = ({ content }: Schema): Schema =>
  content ? { content: Object.fromEntries(Object.keys(content as object).map((type) => [type, {}])) } : {};

export const manyModelsSchemas: Record<string, Schema> = {
  Models: {
    type: 'object',
    properties: { models: { type: 'array', items: { $ref: '#/components/schemas/ListedModel' } } },
    required: ['models'],
  },
  ListedModel: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      default: { type: 'boolean', description: 'Whether /predict answers by it.' },
      state: {
        enum: ['ok', 'degraded', 'down', 'idle'],
        description:
          'ok and degraded as in Health; idle: in production and not in memory, so that the first request loads it; down: reason says why it cannot answer.',
      },
      version: {
        type: 'string',
        description: 'The version that serves; of an idle model the one in production.',
      },
      since: { type: 'string', format: 'date-time', description: 'When this instance began to serve it.' },
      reason: { type: 'string', description: 'What is refused.' },
    },
    required: ['name', 'default', 'state'],
  },
};
