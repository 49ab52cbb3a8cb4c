import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readModel } from '@hearth/artifact/store';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../src/app.ts';
import { corpusModels } from './models.ts';
import { record } from './record.ts';
import { inferences, invocations, jsonRows, pages, streams } from './requests.ts';

/**
 * What the API answers to some hundreds of requests, byte for byte. A change that is to alter no answer leaves the record as it is; one
 * that does writes it again (vitest run -u api/corpus) in a commit of its own, whose diff shows what clients will see.
 */
describe.each(Object.keys(corpusModels))('%s', (name) => {
  let models: string;
  let folder: string;
  let app: FastifyInstance;

  beforeAll(async () => {
    models = await mkdtemp(join(tmpdir(), 'hearth-corpus-'));
    folder = await corpusModels[name](models);
    app = await buildApp({ models });
  });
  afterAll(async () => {
    await app.close();
    await rm(models, { recursive: true });
  });

  test.each(Object.entries({ pages, jsonRows, streams, inferences, invocations }))(
    '%s',
    async (part, requests) => {
      const { manifest } = await readModel(folder);
      const answers = await record(app, requests(manifest, basename(folder)));
      await expect(answers).toMatchFileSnapshot(`answers/${name}-${part}.txt`);
    },
  );
});
