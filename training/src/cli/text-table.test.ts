import { expect, test } from 'vitest';
import { scoreTable } from './score-table.ts';
import { textTable } from './text-table.ts';

test('columns are as wide as their widest cell', () => {
  const rows = [
    ['', 'a', 'bbbb'],
    ['one', '1', '2'],
  ];
  expect(textTable(rows, 'left', 80)).toBe('     a  bbbb\none  1  2');
  expect(textTable(rows, 'right', 80)).toBe('     a  bbbb\none  1     2');
});

test('the widest column is wrapped where the table is wider than the terminal', () => {
  const rows = [
    ['columns', 'age, sex, chol, thalach, oldpeak'],
    ['data', 'heart'],
  ];
  expect(textTable(rows, 'left', 26).split('\n')).toEqual([
    'columns  age, sex, chol,',
    '         thalach, oldpeak',
    'data     heart',
  ]);
});

test('a word longer than its column is not broken', () => {
  expect(textTable([['x', 'see /a/very/long/path/to/a/file']], 'left', 15)).toBe(
    'x  see\n   /a/very/long/path/to/a/file',
  );
});

test('the deviation over the repeats is left out where there is one repeat', () => {
  const score = (sd: number) => ({ mean: 0.5, sd });
  const table = (sd: number) =>
    scoreTable({
      kind: 'value',
      model: { rmse: score(sd), mae: score(sd), r2: score(sd) },
      references: [],
    } as unknown as Parameters<typeof scoreTable>[0]);
  expect(table(0)).toBe('              RMSE     MAE      R²\nthis model  0.5000  0.5000  0.5000');
  expect(table(0.01).split('\n')[2].trim()).toBe('± 0.01000  ± 0.01000  ± 0.01000');
});
