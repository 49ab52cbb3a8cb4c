import { tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { type Description, descriptionFaults } from './description.ts';

/** The tiny model's description, changed. */
function described(change: (description: Description) => void): Description {
  const { features, answer, engine, evaluation, golden, files, ...description } = tinyManifest();
  change(description);
  return description;
}

test('a description of which a model can be published has no fault', () => {
  expect(descriptionFaults(described(() => {}))).toEqual([]);
});

test('all faults are told at once, by the checks that a reader makes', () => {
  const faults = descriptionFaults(
    described((description) => {
      description.name = 'Tiny Model';
      description.columns[0].group = 'none';
      Object.assign(description.columns[0], { maximum: Infinity });
      description.columns[1].name = 'constructor';
      description.columns[2].name = '\u001b[2J'.padEnd(101, 'x');
    }),
  );
  expect(faults.map(({ path }) => path.join('.'))).toEqual([
    'name',
    'columns.0.maximum',
    'columns.2.name',
    '',
    '',
    '',
  ]);
  expect(faults[0].fault).toContain('it is "Tiny Model"');
  expect(faults.map(({ fault }) => fault).join('\n')).not.toContain('\u001b');
  expect(faults.slice(3).map(({ fault }) => fault.slice(0, 45))).toEqual([
    'a column cannot have the name "constructor"',
    expect.stringContaining('a column cannot have the name "\uFFFD[2Jxxx'),
    expect.stringContaining('the column "age" is in the group "none"'),
  ]);
});
