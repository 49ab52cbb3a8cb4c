import { english, type Model, markdownText, outcomeOf, type Texts, titleOf } from '@hearth/artifact';
import type { FastifyInstance } from 'fastify';
import { offersNext } from '../next/next.ts';
import { basePath } from '../server/base-path.ts';
import { sendDocument } from '../server/document.ts';
import type { Serving } from '../serving/index.ts';
import type { Schema } from './columns.ts';
import { nextPath, nextSchemas } from './next-path.ts';
import { get, jsonOf, textOf } from './operations.ts';
import { predictPath } from './predict-path.ts';
import { sagemakerPaths, sagemakerSchemas } from './sagemaker-paths.ts';
import { schemas } from './schemas.ts';
import { v2Paths } from './v2-paths.ts';
import { v2Schemas } from './v2-schemas.ts';

const textOfModel = (texts: Texts | undefined): string => markdownText(english(texts));

/** The OpenAPI 3.1 document of the server while this model serves. @param hasMetrics whether /metrics is on the same port */
function openApiDocument(model: Model, hasMetrics: boolean): Schema {
  const { manifest, version } = model;
  const hasNext = offersNext(model);
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
    servers: [{ url: `${basePath}/`, description: 'This server' }],
    security: [{}, { bearer: [] }, { key: [] }],
    tags: [
      { name: 'predictions', description: 'Rows in, predictions out' },
      { name: 'v2', description: 'Predictions by the Open Inference Protocol, version 2' },
      { name: 'sagemaker', description: 'Predictions by the container contract of Amazon SageMaker' },
      { name: 'model', description: 'Description of the model' },
      { name: 'operations', description: 'Health, status and metrics' },
      { name: 'documentation', description: 'Documentation of this API' },
    ],
    paths: {
      '/predict': predictPath(manifest),
      ...(hasNext && { '/next': nextPath(manifest) }),
      ...v2Paths(model),
      ...sagemakerPaths(manifest),
      ...modelPaths,
      ...operationsPaths,
      ...(hasMetrics && metricsPath),
      ...documentationPaths,
    },
    components: {
      schemas: {
        ...schemas(manifest),
        ...(hasNext && nextSchemas(manifest)),
        ...v2Schemas(model),
        ...sagemakerSchemas,
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

const documentationPaths = {
  '/openapi.json': documentation('openapi', 'This document', anyObject),
  '/docs': documentation('docs', 'A page to try the API'),
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

/** `GET /openapi.json`, for the model that serves now. */
export async function openApiRoutes(
  app: FastifyInstance,
  { serving, hasMetrics }: { serving: Serving; hasMetrics: boolean },
): Promise<void> {
  const written = new WeakMap<Model, string>();
  app.get('/openapi.json', async (request, reply) => {
    const model = serving.model();
    const json = written.get(model) ?? JSON.stringify(openApiDocument(model, hasMetrics));
    written.set(model, json);
    return sendDocument(request, reply, { type: 'application/json', text: json });
  });
}
