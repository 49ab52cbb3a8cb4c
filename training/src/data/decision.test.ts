import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';
import { describeData } from '../pipeline/describe-data.ts';
import { readPackage } from './package.ts';
import { readTable } from './table.ts';

let folder: string | undefined;
afterEach(async () => {
  if (folder) await rm(folder, { recursive: true });
});

/** The part of the manifest that comes from a data package with these members. */
async function describe(members: object, name = 'heart') {
  folder = await mkdtemp(join(tmpdir(), 'hearth-decision-'));
  await cp(join(root, 'data', name), folder, { recursive: true });
  const path = join(folder, 'datapackage.json');
  const json = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...json, hearth: { ...json.hearth, ...members } }));
  return describeData(await readTable(await readPackage(path)));
}

const declared = async (decision: unknown, name?: string) =>
  (await describe({ decision }, name)).data.decision;

const label = { en: 'refer', 'pt-BR': 'encaminhar' };
const costs = { falsePositive: 1, falseNegative: 4 };

test.each([
  ['a threshold', { threshold: 0.2, label }, { threshold: 0.2, label }],
  ['costs, which give the threshold', { costs }, { threshold: 0.2, costs }],
  ['both, if they agree', { threshold: 0.2, costs }, { threshold: 0.2, costs }],
])('a decision is %s', async (_, decision, expected) => {
  expect(await declared(decision)).toEqual(expected);
});

test.each([
  [
    'costs that give another threshold',
    { threshold: 0.5, costs },
    'the threshold is 0.5, but the costs give 0.2',
  ],
  ['neither', { label }, 'a decision has a threshold or costs'],
  ['a threshold of 1', { threshold: 1 }, 'hearth.decision'],
  ['a cost of nothing', { costs: { ...costs, falsePositive: 0 } }, 'hearth.decision'],
])('a decision by %s is refused', async (_, decision, why) => {
  await expect(declared(decision)).rejects.toThrow(why);
});

test('a decision by a number is refused', async () => {
  await expect(declared({ threshold: 0.5 }, 'cars')).rejects.toThrow(
    'hearth.decision: is of a probability, the target is numeric',
  );
});

test('the day of the review is in the manifest; a day that is none is refused', async () => {
  expect(await describe({ review: '2027-06-30' })).toMatchObject({ review: '2027-06-30' });
  await expect(describe({ review: 'next year' })).rejects.toThrow('hearth.review');
});
