import type { DesignMatrix } from './penalised-fit.ts';
import type { Prepared } from './subset-model.ts';

/** Limits that keep a fit under a second. */
const mostFunctions = 500;
const mostWork = 5e8;

/**
 * The design, followed by the products of every two columns: of their straight lines and category indicators. They model interactions,
 * which an additive score cannot. If there would be too many, the columns with the least weight are left out.
 * @param weight importance of each column; [columns]
 */
export function withPairs(prepared: Prepared, weight: Float64Array): DesignMatrix {
  const { design } = prepared;
  const { rows, functions } = design;
  const most = Math.min(mostFunctions, Math.floor(Math.sqrt(mostWork / rows))) - functions;
  const order = Array.from(weight.keys()).sort((a, b) => weight[b] - weight[a] || a - b);
  const chosen: number[][] = [];
  let mains = 0;
  let pairs = 0;
  for (const column of order) {
    const own = mainFunctions(prepared, column);
    if (pairs + own.length * mains > most) break;
    pairs += own.length * mains;
    mains += own.length;
    chosen.push(own);
  }
  const values = new Float64Array((functions + pairs) * rows);
  values.set(design.values);
  let next = functions * rows;
  for (const [k, ones] of chosen.entries()) {
    for (const others of chosen.slice(0, k)) {
      for (const f of ones) {
        for (const g of others) {
          for (let i = 0; i < rows; i++)
            values[next++] = design.values[f * rows + i] * design.values[g * rows + i];
        }
      }
    }
  }
  return { rows, functions: functions + pairs, values };
}

/** Indices of a numeric column's straight line, or of all indicators of a category column. */
function mainFunctions({ first, basis, table }: Prepared, column: number): number[] {
  const { length } = basis[column].functions;
  const count = table.columns[column].kind === 'numeric' ? Math.min(1, length) : length;
  return Array.from({ length: count }, (_, f) => first[column] + f);
}
