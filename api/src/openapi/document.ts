import {
  english,
  type Manifest,
  type Model,
  markdownText,
  outcomeOf,
  type Texts,
  titleOf,
} from '@hearth/artifact';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { offersNext } from '../next/next.ts';
import { basePath } from '../server/base-path.ts';
import { sendDocument } from '../server/document.ts';
import type { ServingOf } from '../serving/index.ts';
import type { Schema } from './columns.ts';
import { manyModelsPaths, manyModelsSchemas } from './many-models.ts';
import { nextPath, nextSchemas } from './next-path.ts';
import { get, jsonOf, textOf } from './operations.ts';
import { predictPath } from './predict-path.ts';
import { sagemakerPaths, sagemakerSchemas } from './sagemaker-paths.ts';
import { schemas } from './schemas.ts';
import { v2Paths } from './v2-paths.ts';
import { v2Schemas } from './v2-schemas.ts';

const textOfModel = (texts: Texts | undefined): string => markdownText(english(texts));

/** What a document is about: the whole server with its default model, one model, or one version. */
export type Scope = 'server' | 'model' | 'version';

interface Described {
  scope: Scope;
  /** What the addresses begin with, after the base path. */
  at: string;
  /** Whether /metrics is on the same port. */
  hasMetrics: boolean;
}

/** The OpenAPI 3.1 document of the server while this model serves, or of what is below the address of a model. */
function openApiDocument(model: Model, { scope, at, hasMetrics }: Described): Schema {
  const { manifest, version } = model;
  const isServer = scope === 'server';
  return {
    openapi: '3.1.1',
    info: {
      title: `Hearth: ${english(titleOf(manifest))}`,
      version,
      description: [
        `Prediction of ${textOfModel(outcomeOf(manifest))}, by model ${manifest.name}, version ${version}. ${textOfModel(manifest.intendedUse)}`.trim(),
        ...(manifest.notIntendedUse ? [`Not intended for: ${textOfModel(manifest.notIntendedUse)}`] : []),
      ].join('\n\n'),
      contact: { name: 'The operator of this server' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: `${basePath}${at}/`, description: isServer ? 'This server' : `This ${scope} on this server` },
    ],
    security: [{}, { bearer: [] }, { key: [] }],
    tags: [
      { name: 'predictions', description: 'Rows in, predictions out' },
      ...(isServer ? serverTags : []),
      ...(scope === 'version' ? [] : versionlessTags),
      { name: 'model', description: 'Description of the model' },
      { name: 'documentation', description: 'Documentation of this API' },
    ],
    paths: {
      ...pathsOf[scope](manifest),
      ...(isServer && { ...v2Paths(model), ...(hasMetrics && metricsPath), ...problemPaths }),
      ...(isServer &&
        manyModelsPaths({ model: pathsOf.model(manifest), version: pathsOf.version(manifest) }, model)),
    },
    components: {
      schemas: {
        ...schemas(manifest),
        ...(offersNext(manifest) && nextSchemas(manifest)),
        ...(isServer && { ...v2Schemas(model), ...manyModelsSchemas }),
        ...(scope !== 'version' && sagemakerSchemas),
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'For servers that need an API key.' },
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'The same key, in another header.',
        },
      },
    },
  };
}

const serverTags = [
  { name: 'v2', description: 'Predictions by the Open Inference Protocol, version 2' },
  { name: 'models', description: 'All models of this server' },
];

const versionlessTags = [
  { name: 'sagemaker', description: 'Predictions by the container contract of Amazon SageMaker' },
  { name: 'operations', description: 'Health, status and metrics' },
];

const anyObject = { 'application/json': { schema: { type: 'object' } } };

const modelPaths = {
  '/model': get({
    tag: 'model',
    operationId: 'describeModel',
    summary: 'Description of the model',
    description:
      'Columns, units, allowed values, evaluation and origin: everything from which the page is made.',
    content: anyObject,
  }),
  '/model/evaluations': get({
    tag: 'model',
    operationId: 'modelEvaluations',
    summary: 'Evaluations of this version at other places and times, made after it was published',
    content: jsonOf('Evaluations'),
  }),
  '/model/card': get({
    tag: 'model',
    operationId: 'modelCard',
    summary: 'The model card',
    description: 'What the model is, whom it is for and how good it is, in Markdown.',
    content: textOf('text/markdown'),
  }),
};

const operations = (operationId: string, summary: string, content: Schema): Schema =>
  get({ tag: 'operations', operationId, summary, content });

const operationsPaths = {
  '/health': operations('health', 'Whether the server can answer, and with which model', jsonOf('Health')),
  '/health/ready': operations('ready', 'Whether the server can answer, for probes', jsonOf('Health')),
  '/health/live': operations('live', 'Whether the process runs', {
    'application/json': {
      schema: { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] },
    },
  }),
  '/status': operations('status', 'Versions, refusals and traffic of this instance', anyObject),
};

const metricsPath = {
  '/metrics': operations('metrics', 'Metrics for Prometheus', textOf('text/plain')),
};

const documentation = (operationId: string, summary: string, content = textOf('text/html')): Schema =>
  get({ tag: 'documentation', operationId, summary, content });

const openapiPath = { '/openapi.json': documentation('openapi', 'This document', anyObject) };

const problemPaths = {
  '/docs/problems': documentation('problems', 'All kinds of problems'),
  '/docs/problems/{name}': {
    parameters: [
      {
        name: 'name',
        in: 'path',
        required: true,
        description: 'The last part of the type of a problem.',
        schema: { type: 'string' },
        example: 'invalid-input',
      },
    ],
    ...documentation('problem', 'One kind of problem'),
  },
};

/** What is at the address of the server, of a model, or of a version. */
const pathsOf: Record<Scope, (manifest: Manifest) => Record<string, Schema>> = {
  version: (manifest) => ({
    '/predict': predictPath(manifest),
    ...(offersNext(manifest) && { '/next': nextPath(manifest) }),
    ...modelPaths,
    ...openapiPath,
  }),
  model: (manifest) => ({
    ...pathsOf.version(manifest),
    ...sagemakerPaths(manifest),
    ...operationsPaths,
    '/docs': documentation('docs', 'A page to try the API'),
  }),
  server: (manifest) => pathsOf.model(manifest),
};

export interface OpenApiOptions {
  of: ServingOf;
  scope: Scope;
  /** What the addresses begin with, after the base path. */
  at(request: FastifyRequest): string;
  hasMetrics: boolean;
}

/** `GET /openapi.json`, for the model that serves now. */
export async function openApiRoutes(
  app: FastifyInstance,
  { of, scope, at, hasMetrics }: OpenApiOptions,
): Promise<void> {
  /** By model the last one; a version is also at the address `production`. */
  const written = new WeakMap<Model, { at: string; text: string }>();
  app.get('/openapi.json', async (request, reply) => {
    const model = of(request).model();
    const address = at(request);
    let document = written.get(model);
    if (document?.at !== address) {
      const text = JSON.stringify(openApiDocument(model, { scope, at: address, hasMetrics }));
      document = { at: address, text };
      written.set(model, document);
    }
    return sendDocument(request, reply, { type: 'application/json', text: document.text });
  });
}
