import { expect, test } from 'vitest';
import { categoryField, linesOf, numberField, type Toy, useToys } from '../../testing/made-up-package.ts';
import { draftPublishable } from '../pipeline/publishable.ts';
import { faultless } from './package.ts';
import { readTable } from './table.ts';

const toy = useToys();
const read = async (made: Toy) => readTable(faultless(await draftPublishable(await toy(made))));
const x = (more: Record<string, unknown> = {}) => numberField('x', more);
const number = (more: Record<string, unknown> = {}) => x({ type: 'number', constraints: {}, ...more });
const c = (values: string[] = ['a', 'b', 'c']) => categoryField('c', values);

/** 60 rows, the first with this x. */
const first = (cell: string, others: (i: number) => string = (i) => String(i % 5)) =>
  linesOf(60, (i) => `${i === 0 ? cell : others(i)},${'abc'[i % 3]}`);

/** Tables as users had them, and what the first x is read as. */
test.each<[what: string, Toy, value: unknown]>([
  [
    'a code of the schema',
    { fields: [x(), c()], lines: first('9'), schema: { missingValues: ['', '9'] } },
    null,
  ],
  ['a code of a field', { fields: [x({ missingValues: ['', '9'] }), c()], lines: first('9') }, null],
  [
    'a code with a label',
    { fields: [x(), c()], lines: first('NR'), schema: { missingValues: [{ value: 'NR', label: 'none' }] } },
    null,
  ],
  ['a required column', { fields: [x({ constraints: { required: true } }), c()], lines: first('4') }, 4],
  ['a listed number', { fields: [x({ constraints: { enum: [0, 1, 2, 3, 4] } }), c()], lines: first('4') }, 4],
  [
    'a boolean',
    {
      fields: [x({ type: 'boolean', constraints: {} }), c()],
      lines: first('true', (i) => String(i % 2 > 0)),
    },
    true,
  ],
  [
    'a decimal comma',
    {
      fields: [number({ decimalChar: ',' }), c()],
      header: 'x;c;y',
      resource: { dialect: { delimiter: ';' } },
      lines: first('3,5').map((line) => line.replace(/,(.),(.)$/, ';$1;$2')),
    },
    3.5,
  ],
  ['a leading point', { fields: [number(), c()], lines: first('.5') }, 0.5],
  ['a plus sign', { fields: [number(), c()], lines: first('+2') }, 2],
  [
    '300 categories of which 3 are in rows',
    {
      fields: [x(), c(['a', 'b', 'c', ...Array.from({ length: 297 }, (_, i) => `k${i}`)])],
      lines: first('4'),
    },
    4,
  ],
])('%s is read as its data package says', async (_, made, value) => {
  const { inputs } = await read(made);
  expect(inputs[0].x).toBe(value);
  expect(inputs[1].x).not.toBeNull();
});

test.each<[what: string, Toy, fault: string]>([
  [
    'a number that is not listed',
    { fields: [x({ constraints: { enum: [1, 3, 5] } }), c()], lines: first('2', () => '3') },
    't.csv, line 2, column "x": "2" is not one of the values',
  ],
  [
    'a whole number beyond 2^53',
    { fields: [x({ constraints: {} }), c()], lines: first('9007199254741020') },
    't.csv, line 2, column "x": "9007199254741020" is a whole number beyond 2^53',
  ],
  [
    'an infinite target',
    { fields: [x(), c()], lines: first('1').with(4, '1,a,1e999'), target: { type: 'number' } },
    't.csv, line 6, column "y": "1e999" is too large',
  ],
  [
    'a group that is not described',
    { fields: [x({ hearth: { group: 'g' } }), c()], lines: first('1') },
    'the column "x" is in the group "g", which does not exist',
  ],
  ['a field twice', { fields: [x(), x(), c()], lines: [] }, 'there are two columns named "x"'],
  ['a bad name', { fields: [x(), c()], lines: [], hearth: { model: 'My Model' } }, 'it is "My Model"'],
])('%s is refused before training, with its place', async (_, made, fault) => {
  await expect(read(made)).rejects.toThrow(fault);
});

test('a target of 0 and 1 without a list of values is a probability, with a word', async () => {
  const table = await read({ fields: [x(), c()], lines: first('1'), target: { type: 'integer' } });
  expect(table.kind).toBe('binary');
  expect(table.notes.join()).toContain('the probability of "1" is predicted');
});

test('a column may have a name of Object', async () => {
  const made = { fields: [x(), categoryField('constructor', ['a', 'b', 'c'])], lines: first('1') };
  expect((await read(made)).inputs[1].constructor).toBe('b');
});
