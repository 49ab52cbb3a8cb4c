import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changes } from './changes.ts';

const root = join(import.meta.dirname, '../..');
const edited = [
  'web/index.html',
  'web/src/styles',
  'api/src/main.ts',
  'api/src/routes',
  'api/src/predict',
  'deploy/gateway',
];
const ofModels = ['better', 'worse', 'corrupted'];

test.each(changes.filter(({ name }) => !ofModels.includes(name)))(
  'today’s sources can be changed for the rehearsal: $title',
  async ({ apply }) => {
    const work = await mkdtemp(join(tmpdir(), 'hearth-change-'));
    for (const path of edited) await cp(join(root, path), join(work, path), { recursive: true });
    try {
      await expect(apply(work)).resolves.toBeUndefined();
    } finally {
      await rm(work, { recursive: true });
    }
  },
);
