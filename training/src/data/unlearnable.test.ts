import { expect, test } from 'vitest';
import { linesOf, numberField, type Toy, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from './package.ts';
import { readTable } from './table.ts';

const toy = useToys();
const read = async (made: Toy) => readTable(await readPackage(await toy(made)));
const string = (name: string, more: object = {}) =>
  numberField(name, { type: 'string', constraints: {}, ...more });
const words = ['the', 'patient', 'was', 'seen', 'again'];
const lines = linesOf(40, (i) => `${i % 7},P-${100 + i},${words.map((word) => word + (i % 39)).join(' ')}`);

test('ids and free text are left out with a word', async () => {
  const table = await read({ fields: [numberField('x'), string('case'), string('remark')], lines });
  expect(table.data.inputs.map(({ name }) => name)).toEqual(['x']);
  expect(Object.keys(table.inputs[0])).toEqual(['x']);
  expect(table.notes).toEqual([
    expect.stringMatching(
      /^The column "case" is left out: an id: 40 different values in 40 rows\. To use it, list/,
    ),
    expect.stringMatching(/^The column "remark" is left out: free text: 39 different texts in 40 rows\./),
  ]);
});

test('what a field says about its values is believed', async () => {
  const listed = string('case', { categories: Array.from({ length: 40 }, (_, i) => `P-${100 + i}`) });
  const open = string('remark', { hearth: { open: true } });
  const table = await read({ fields: [numberField('x'), listed, open], lines });
  expect(table.data.inputs).toHaveLength(3);
});

test('a table of ids only has nothing to learn from', async () => {
  await expect(read({ fields: [string('case')], lines: linesOf(40, (i) => `P-${i}`) })).rejects.toThrow(
    'there is no column to predict "y" from',
  );
});
