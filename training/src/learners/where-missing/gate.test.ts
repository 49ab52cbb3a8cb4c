import { createExplainer, sumLeaves } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featureColumns, featuresOfRow, samples, trainingRows } from '../../../testing/grow-tables.ts';
import { growForestSync, joinForests } from '../../grow/index.ts';
import { behind } from './gate.ts';

const options = { trees: 5, columnsPerSplit: 2, minimumLeaf: 1, sampleShare: 1, replace: true, seed: 1 };

test('behind a gate, trees take back what they add to a row with all columns, and its explanation', () => {
  fc.assert(
    fc.property(samples(), (sample) => {
      const { columns } = sample;
      const players = featureColumns(columns);
      const { forest } = growForestSync(trainingRows(sample), options);
      const gate = columns.map((_, column) => players.indexOf(column));
      const both = joinForests([forest, behind(gate, forest)]);
      const explainer = createExplainer(both, players);
      expect(explainer.expected).toBeCloseTo(0, 12);
      for (const row of sample.target.keys()) {
        const x = featuresOfRow(columns, row);
        const isWhole = columns.every(({ values }) => !Number.isNaN(values[row]));
        const added = isWhole ? 0 : sumLeaves(forest, x);
        expect(sumLeaves(both, x)).toBeCloseTo(added, 12);
        const parts = new Float64Array(columns.length);
        explainer.contributions(x, parts);
        expect(parts.reduce((a, b) => a + b)).toBeCloseTo(added, 10);
        if (isWhole) for (const part of parts) expect(part).toBeCloseTo(0, 10);
      }
    }),
  );
});
