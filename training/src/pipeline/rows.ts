import { type Row, rowKey } from '@hearth/artifact';

/** Names rows; a row that stands for several is named once. */
export function rowNames(): (row: Row) => string {
  const names = new Map<Row, string>();
  return (row) => {
    const before = names.get(row);
    if (before !== undefined) return before;
    const name = rowKey(row);
    names.set(row, name);
    return name;
  };
}

/** The rows that were predicted: in the order of time, not the first ones. */
export const predictedRows = (prediction: Float64Array, outputs: number): Int32Array =>
  Int32Array.from({ length: prediction.length / outputs }, (_, row) => row).filter(
    (row) => !Number.isNaN(prediction[row * outputs]),
  );
