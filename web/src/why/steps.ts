import type { Column, Row } from '@hearth/artifact';

/** A row with one more column than the step before. */
export interface Step {
  /** The added column; undefined in the first step. */
  name?: string;
  row: Row;
}

/** From the required columns alone to the whole row, adding one column at a time in the order of the columns. */
export function stepsTo(row: Row, columns: readonly Column[]): Step[] {
  const valueIn = ({ name }: Column) => ({ [name]: row[name] });
  const isGiven = ({ name }: Column) => row[name] !== undefined && row[name] !== null;
  let known: Row = Object.assign({}, ...columns.filter(({ required }) => required).map(valueIn));
  const steps: Step[] = [{ row: known }];
  for (const column of columns.filter((each) => isGiven(each) && !each.required)) {
    known = { ...known, ...valueIn(column) };
    steps.push({ name: column.name, row: known });
  }
  return steps;
}
