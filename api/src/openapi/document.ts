import type { Model } from '@hearth/artifact';
import type { Schema } from './columns.ts';
import { predictPath } from './predict-path.ts';
import { anyRefusal, problemResponse } from './responses.ts';
import { refTo, schemas } from './schemas.ts';

/** The OpenAPI 3.1 description of the server while this model serves. */
export function openApiDocument({ manifest, version }: Model): Schema {
  return {
    openapi: '3.1.1',
    info: {
      title: `Hearth: ${manifest.title.en}`,
      version,
      description: [
        `Chance or value of ${manifest.outcome.en}, by model ${manifest.name}, version ${version}. ${manifest.intendedUse.en}`,
        `Not intended for: ${manifest.notIntendedUse.en}`,
        'The same model also answers by the Open Inference Protocol v2 under /v2, which describes itself there.',
      ].join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server' }],
    security: [{}, { bearer: [] }, { key: [] }],
    tags: [
      { name: 'predictions', description: 'Rows in, answers out' },
      { name: 'model', description: 'What the model says of itself' },
      { name: 'operations', description: 'Whether it runs, and how' },
      { name: 'documentation', description: 'For people and their tools' },
    ],
    paths: {
      '/predict': predictPath(manifest),
      '/model': get('model', 'describeModel', 'What the model says of itself', {
        'application/json': { schema: { type: 'object' } },
      }),
      '/model/card': get('model', 'modelCard', 'The model card', {
        'text/markdown': { schema: { type: 'string' } },
      }),
      '/health': get('operations', 'health', 'Whether the server can answer, and by which model', health),
      '/health/ready': get('operations', 'ready', 'The same, for probes', health),
      '/health/live': get('operations', 'live', 'Whether the process runs', {
        'application/json': {
          schema: { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] },
        },
      }),
      '/status': get('operations', 'status', 'Versions, refusals and traffic of this instance', {
        'application/json': { schema: { type: 'object' } },
      }),
      '/openapi.json': get('documentation', 'openapi', 'This document', {
        'application/json': { schema: { type: 'object' } },
      }),
      '/docs': get('documentation', 'docs', 'A page to try the API on', html),
      '/docs/problems': get('documentation', 'problems', 'All kinds of problems', html),
      '/docs/problems/{name}': {
        parameters: [
          { name: 'name', in: 'path', required: true, schema: { type: 'string' }, example: 'invalid-input' },
        ],
        ...get('documentation', 'problem', 'One kind of problem', html),
      },
    },
    components: {
      schemas: schemas(manifest),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Where the server asks for a key.' },
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same, in another header.' },
      },
    },
  };
}

const health = { 'application/json': { schema: refTo('Health') } };
const html = { 'text/html': { schema: { type: 'string' } } };

/** A path that is only read. */
const get = (tag: string, operationId: string, summary: string, content: Schema): Schema => ({
  get: {
    operationId,
    summary,
    tags: [tag],
    responses: {
      200: { description: 'As asked for.', content },
      '4XX': anyRefusal,
      503: problemResponse(503),
    },
  },
});
