import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';
import { commands } from './program.ts';

const page = readFileSync(join(root, 'docs/examples.md'), 'utf8');
const lines = [...page.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) =>
  block.split('\n').filter((line) => line.startsWith('hearth ')),
);

test('the worked examples use commands and options that exist; npm run prove -- examples runs them', async () => {
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const [, name] = line.split(' ');
    const [, load] = commands[name];
    const known = (await load()).command().options.map(({ long }) => long);
    for (const [option] of line.matchAll(/--[a-z-]+/g)) expect(known, line).toContain(option);
  }
});
