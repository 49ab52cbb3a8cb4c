import type { Features } from '../features.ts';
import { type ImportedTrees, ImportFault } from '../imported.ts';
import { TreeArrays } from '../tree-arrays.ts';
import { type Header, outputsOf } from './header.ts';
import { arrayAt, assertMembers, numbersAt } from './lines.ts';
import { splitReader } from './splits.ts';

/** Numbers and commas of one node in a line take more bytes than this. */
const leastBytesPerNode = 10;

const members = ['column', 'split', 'missingLeft', 'left', 'right', 'value', 'cover', 'output'];

/** Reads lines of trees, one at a time. @param bytes of the whole file, which bounds the nodes */
export function createTreeReader(
  header: Header,
  features: Features,
  bytes: number,
): { add(value: object, line: number): void; trees(): ImportedTrees } {
  const outputs = outputsOf(header);
  const arrays = new TreeArrays(Math.ceil(bytes / leastBytesPerNode));
  const splitAt = splitReader(header, features);
  const output: number[] = [];
  const leafValues: number[] = [];
  let hasCovers = true;
  let isVector: boolean | undefined;

  /** What a leaf adds: a number; or a number for each output, and then its row. */
  const leafOf = (value: unknown, isRow: boolean, line: number): number => {
    if (!isRow) return numbersAt({ value: [value] }, 'value', line)[0];
    leafValues.push(...numbersAt({ value }, 'value', line, outputs));
    return leafValues.length / outputs - 1;
  };

  return {
    add(value, line) {
      assertMembers(value, members, line);
      const column = numbersAt(value, 'column', line);
      const nodes = column.length;
      const split = arrayAt(value, 'split', line, nodes);
      const values = arrayAt(value, 'value', line, nodes);
      const [missingLeft, left, right] = ['missingLeft', 'left', 'right'].map((each) =>
        numbersAt(value, each, line, nodes),
      );
      const cover = 'cover' in value ? numbersAt(value, 'cover', line, nodes) : undefined;
      hasCovers &&= cover !== undefined;
      const isRow = outputs > 1 && !('output' in value);
      isVector ??= isRow;
      if (isRow !== isVector)
        throw new ImportFault(
          `line ${line} has an "output", and the trees before it have none, or the reverse`,
        );
      output.push(outputAt(value, outputs, line));
      arrays.add(0, (node: number) => {
        const at = column[node];
        if (at === undefined) throw new ImportFault(`line ${line} names node ${node} of ${nodes}`);
        if (at === -1) return { leaf: leafOf(values[node], isRow, line), cover: cover?.[node] };
        const { feature, threshold, swapped } = splitAt(at, split[node], line);
        const [first, second] = swapped ? [right, left] : [left, right];
        const isMissingLeft = (missingLeft[node] === 1) !== swapped;
        return {
          feature,
          threshold,
          missingLeft: isMissingLeft,
          left: first[node],
          right: second[node],
          cover: cover?.[node],
        };
      });
    },
    trees: () => ({
      forest: arrays.forest(),
      ...(isVector
        ? { leafValues: Float64Array.from(leafValues) }
        : outputs > 1 && { output: Int32Array.from(output) }),
      hasCovers,
    }),
  };
}

function outputAt(value: object, outputs: number, line: number): number {
  if (!('output' in value)) return 0;
  const [output] = numbersAt({ output: [value.output] }, 'output', line);
  if (Number.isInteger(output) && output >= 0 && output < outputs) return output;
  throw new ImportFault(`line ${line} adds to the output ${output} of ${outputs}`);
}
