import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { bareArtifact } from '@hearth/artifact/testing';
import { externalFigures } from '@hearth/artifact/testing/external';
import { expect, test } from 'vitest';
import type { SourceTable } from '../sources/index.ts';
import { judgeVersion } from './gate.ts';
import { compareOnTable } from './on-table.ts';

const noRefit = () => {
  throw new Error('unexpected retraining');
};
const imported = { tool: 'XGBoost', version: '3.2.0', sha256: '0'.repeat(64), rows: 0, bound: 0 };

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
  await registry.promote(first);
  expect((await judgeVersion(registry, worse, noRefit)).reasons).toEqual([
    `it cannot be compared with ${first}: ${worse} is not evaluated; compare both on a table with the target: --on FILE`,
  ]);
  const { columns, target } = (await registry.load(first)).manifest;
  const rows = Array.from({ length: 60 }, (_, i) => ({ place: i + 2, cells: [String(20 + i), '0'] }));
  const source: SourceTable = {
    path: 'rows.csv',
    unit: 'line',
    columns: [{ name: columns[0].name }, { name: target.name }],
    decimal: '.',
    notes: [],
    sha256: 'f'.repeat(64),
    rows,
  };
  const { reasons, evidence } = await judgeVersion(registry, worse, noRefit, (ours, theirs) =>
    compareOnTable(source, ours, theirs),
  );
  expect(evidence.champion).toMatchObject({ rows: 60, by: 'table' });
  expect(reasons[0]).toMatch(`it is significantly worse than ${first}`);
  await rm(folder, { recursive: true });
});
