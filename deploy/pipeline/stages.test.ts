import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stagesOf } from './stages.ts';

test.each([
  ['the page', ['web/src/app.tsx'], ['web']],
  ['the API', ['api/src/app.ts'], ['api']],
  ['artifact', ['artifact/src/forest/forest.ts'], ['api', 'web', 'tools']],
  ['the data', ['data/heart/heart.csv'], ['train', 'api', 'tools']],
  ['a learner', ['training/src/grow/sums/tree.ts'], ['train', 'api', 'tools']],
  ['the command line', ['training/src/cli/list.ts'], ['tools']],
  ['a version from another machine', ['models/heart/3-0000000/model.json'], ['api', 'models']],
  ['the gateway', ['deploy/gateway/haproxy.cfg'], ['gateway']],
  ['a dependency', ['pnpm-lock.yaml'], ['api', 'web', 'tools']],
  ['tests and texts only', ['web/src/format.test.ts', 'README.md'], []],
])('a change of %s runs the stages that depend on it, and no others', (_, changed, stages) => {
  expect(stagesOf(changed)).toEqual(stages);
});

test.each([
  ['Dockerfile.api', ['api', 'tools']],
  ['Dockerfile.web', ['web']],
] as const)('every file that %s copies builds its image again', (dockerfile, images) => {
  const text = readFileSync(path.join(import.meta.dirname, '../..', dockerfile), 'utf8');
  const copied = [...text.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, files]) => files.split(' '));
  expect(copied.length).toBeGreaterThan(5);
  for (const file of copied) {
    const changed = path.extname(file) ? file : `${file}/src/x.ts`;
    expect(
      stagesOf([changed]).some((stage) => images.some((image) => image === stage)),
      changed,
    ).toBe(true);
  }
});

test('all stages run if the changes are unknown', () => {
  expect(stagesOf(undefined)).toEqual(['train', 'api', 'web', 'tools', 'models', 'gateway']);
});
