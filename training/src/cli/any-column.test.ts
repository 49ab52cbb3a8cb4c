import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { categoryField, linesOf, numberField, useToys } from '../../testing/made-up-package.ts';
import { createDesign } from '../design.ts';

vi.mock(import('../evaluation/fold-threads.ts'), async (original) => {
  const real = await original();
  // starting threads takes longer than this training; main.system.test.ts starts them
  return { ...real, threadPool: ({ table, columns }) => real.singleThreadPool(createDesign(table, columns)) };
});

const { hearth, said } = useCommandLine();
const toy = useToys();
let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'hearth-any-'));
});
afterEach(() => rm(work, { recursive: true }));

const header = 'constructor,"distance, km",low,"say ""x""",hasOwnProperty,y';

test('a table with any names, with required columns, codes and no limits comes from training to its own answers', async () => {
  const data = await toy({
    fields: [
      numberField('constructor', { constraints: { required: true } }),
      numberField('distance, km', { constraints: { minimum: 0 }, missingValues: ['', '9'] }),
      categoryField('low', ['a', 'b', 'c']),
      numberField('say "x"', { constraints: { enum: [1, 3, 5] } }),
      categoryField('hasOwnProperty', ['u', 'v']),
    ],
    header,
    lines: linesOf(60, (i) => [i % 7, 3 + (i % 7), 'ab'[i % 2], [1, 3, 5][i % 3], 'uv'[i % 2]].join()),
  });
  const models = ['--models', join(work, 'models')];
  const places = ['--out', join(work, 'artifact'), '--report', join(work, 'report.html')];
  const columns = ['--columns', 'constructor, "distance, km", low, "say ""x"""'];
  const quick = ['--engine', 'boosted', '--folds', '2', '--repeats', '1'];
  expect(await hearth('train', '--data', data, ...places, ...quick, ...columns), said.complained).toBe(0);
  expect(await hearth('publish', join(work, 'artifact'), ...models), said.complained).toBe(0);
  expect(await hearth('promote', 'latest', ...models), said.complained).toBe(0);

  const table = await readFile(join(dirname(data), 't.csv'), 'utf8');
  expect(await hearth('predict', join(dirname(data), 't.csv'), ...models), said.complained).toBe(0);
  const [head, ...answered] = said.printed.trimEnd().split('\n');
  expect(head).toBe(`${header},predicted_probability,predicted_low,predicted_high,error`);
  expect(answered.map((line) => line.split(',').slice(0, -4).join())).toEqual(
    table.trimEnd().split('\n').slice(1),
  );

  const answer = async (row: string) => {
    const file = join(work, 'rows.csv');
    await writeFile(file, `constructor,"distance, km",hasOwnProperty\n${row}\n`);
    const code = await hearth('predict', file, ...models);
    return code === 0 ? said.printed.split('\n')[1].split(',').slice(3).join() : said.complained;
  };
  expect(await answer('4,9,u')).toBe(await answer('4,,nonsense of a column that is not used'));
  expect(await answer('1000,9,u')).toMatch(/^[\d.]+,[\d.]+,[\d.]+,$/);
  expect(await answer(',9,u')).toContain('column "constructor": "" is missing, but required');
  expect(await answer('4,-1,u')).toContain('is too small; allowed: a whole number ≥ 0, or an empty cell');
}, 60_000);
