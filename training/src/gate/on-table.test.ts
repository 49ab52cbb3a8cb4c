import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '@hearth/artifact';
import { openRegistry } from '@hearth/artifact/store';
import { bareArtifact, tinyManifest } from '@hearth/artifact/testing';
import { externalFigures } from '@hearth/artifact/testing/external';
import { expect, test } from 'vitest';
import type { SourceTable } from '../sources/index.ts';
import { judgeVersion } from './gate.ts';
import { compareOnTable } from './on-table.ts';

const noRefit = () => {
  throw new Error('unexpected retraining');
};
const imported = { tool: 'XGBoost', version: '3.2.0', sha256: '0'.repeat(64), rows: 0, bound: 0 };

const tableOf = (names: string[], cells: string[][]): SourceTable => ({
  path: 'rows.csv',
  unit: 'line',
  columns: names.map((name) => ({ name })),
  decimal: '.',
  notes: [],
  sha256: 'f'.repeat(64),
  rows: cells.map((row, i) => ({ place: i + 2, cells: row })),
});

test('a version that is imported and was never evaluated is refused, until it is compared with the champion on a table', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-on-table-'));
  const registry = openRegistry(folder);
  const publish = async (base: number) => {
    const { version } = await registry.publish(
      bareArtifact((draft) => {
        Object.assign(draft.data, { imported });
        draft.answer.base = base;
        draft.answer.divisor = 4;
      }),
    );
    return version;
  };
  const [first, worse] = [await publish(0), await publish(1)];
  expect((await judgeVersion(registry, first, noRefit)).reasons).toEqual([
    `it is imported and was never evaluated: score it on a table with the target (hearth evaluate ${first} FILE --as "…" --model tiny)`,
  ]);
  await registry.addEvaluation(first, externalFigures());
  expect((await judgeVersion(registry, first, noRefit)).reasons).toEqual([]);
  await registry.promote(first);
  expect((await judgeVersion(registry, worse, noRefit)).reasons).toEqual([
    `it cannot be compared with ${first}: ${worse} is not evaluated; compare both on a table with the target: --on FILE`,
  ]);
  const { columns, target } = (await registry.load(first)).manifest;
  const source = tableOf(
    [columns[0].name, target.name],
    Array.from({ length: 60 }, (_, i) => [String(20 + i), '0']),
  );
  const { reasons, evidence } = await judgeVersion(registry, worse, noRefit, (ours, theirs) =>
    compareOnTable(source, ours, theirs),
  );
  expect(evidence.champion).toMatchObject({ rows: 60, by: 'table' });
  expect(reasons[0]).toMatch(`it is significantly worse than ${first}`);
  await rm(folder, { recursive: true });
});

type Target = Manifest['target'];

/** A model of "age", from 0 to `maximum`, that answers each row alike. */
const constant = (target: Target, outputs: number[], maximum = 99) => ({
  manifest: {
    ...tinyManifest(),
    columns: [{ name: 'age', type: 'number', minimum: 0, maximum }],
    target,
  } as Manifest,
  predict: () => ({ answer: outputs[0], outputs }),
});
const number: Target = { name: 'y', type: 'numeric' };
/** Rows with age = 0, 1, 2 …, and these targets. */
const observed = (count: number, y: (i: number) => string) =>
  tableOf(
    ['age', 'y'],
    Array.from({ length: count }, (_, i) => [String(i), y(i)]),
  );

test('the loss on a table is in the unit of its target', () => {
  const binary: Target = { name: 'y', type: 'binary' };
  const halves = observed(60, (i) => String(i % 2));
  expect(compareOnTable(halves, constant(binary, [0.1]), constant(binary, [0.5]))).toMatchObject({
    rows: 60,
    challenger: expect.closeTo((0.01 + 0.81) / 2, 12),
    other: 0.25,
  });
  const classes: Target = {
    name: 'y',
    type: 'classes',
    classes: ['a', 'b', 'c'].map((value) => ({ value })),
  };
  expect(
    compareOnTable(
      observed(60, () => 'b'),
      constant(classes, [0, 1, 0]),
      constant(classes, [0.5, 0.5, 0]),
    ),
  ).toMatchObject({ challenger: 0, other: 0.25 });
  // squared errors of 0 and 4, a variance of 1
  expect(
    compareOnTable(
      observed(60, (i) => String(2 + 2 * (i % 2))),
      constant(number, [3]),
      constant(number, [4]),
    ),
  ).toMatchObject({ challenger: 0.25, other: 0.5 });
  const same = observed(60, () => '3');
  expect(compareOnTable(same, constant(number, [3]), constant(number, [5]))).toMatchObject({ other: 4 });
});

test('versions are compared on the rows that both can answer, if these are enough', () => {
  const [all, some] = [constant(number, [0]), constant(number, [1], 49)];
  const compared = compareOnTable(observed(90, String), all, some);
  expect(compared.rows).toBe(50);
  expect(compareOnTable(observed(90, String), some, all).rows).toBe(50);
  expect(() => compareOnTable(observed(49, String), all, some)).toThrow(
    /rows\.csv.*49 rows have a target and cells that both versions allow; at least 50 are needed/,
  );
  try {
    compareOnTable(observed(49, String), all, some);
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_TARGET' });
  }
});
