import type { Column, NumericColumn } from '@hearth/artifact';

export const isNumericColumn = (column: Column): column is NumericColumn =>
  column.type === 'number' || column.type === 'integer';
