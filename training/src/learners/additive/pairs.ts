import type { DesignMatrix } from './penalised-fit.ts';
import type { Prepared } from './subset-model.ts';

/** No more functions than this, so that a fit takes a second at most. */
const mostFunctions = 500;
const mostWork = 5e8;

/**
 * The design with the products of each two columns behind it: straight lines and categories, whose sum cannot be written as a sum
 * over columns. Where they would be too many, the columns with the least weight are left out.
 * @param weight how much each column matters; [columns]
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

/** A numeric column's straight line, all indicators of a category. */
function mainFunctions({ first, basis, table }: Prepared, column: number): number[] {
  const { length } = basis[column].functions;
  const count = table.columns[column].kind === 'numeric' ? Math.min(1, length) : length;
  return Array.from({ length: count }, (_, f) => first[column] + f);
}
