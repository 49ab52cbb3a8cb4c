import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stagesOf } from './stages.ts';

test.each([
  ['the page', ['web/src/app.tsx'], ['web']],
  ['the API', ['api/src/app.ts'], ['api']],
  ['what both are made of', ['artifact/src/forest/forest.ts'], ['api', 'web', 'tools']],
  ['the data', ['data/heart/heart.csv'], ['train', 'api', 'tools']],
  ['a learner', ['training/src/grow/sums/tree.ts'], ['train', 'api', 'tools']],
  ['the command line', ['training/src/cli/list.ts'], ['tools']],
  ['a version made elsewhere', ['models/heart/3-0000000/model.json'], ['api', 'models']],
  ['the gateway', ['deploy/gateway/haproxy.cfg'], ['gateway']],
  ['a dependency', ['pnpm-lock.yaml'], ['api', 'web', 'tools']],
  ['tests and texts alone', ['web/src/format.test.ts', 'README.md'], []],
])('a change of %s sets in motion what is made of it, and nothing else', (_, changed, stages) => {
  expect(stagesOf(changed)).toEqual(stages);
});

test.each([
  ['Dockerfile.api', ['api', 'tools']],
  ['Dockerfile.web', ['web']],
] as const)('whatever %s copies builds an image of it anew', (dockerfile, images) => {
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
