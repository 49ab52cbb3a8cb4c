import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Row = Record<string, unknown>;
type Schema = { type: string[]; enum?: unknown[]; minimum?: number; maximum?: number };

/** Whether the OpenAPI document allows a row; written anew, so that it shares no fault with the server. */
export function allows({ properties, required = [] }: RowSchema, row: unknown): row is Row {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return false;
  return (
    required.every((name) => name in row) &&
    Object.entries(row).every(
      ([name, value]) => Object.hasOwn(properties, name) && fits(properties[name], value),
    )
  );
}

export interface RowSchema {
  properties: Record<string, Schema>;
  required?: string[];
}

function fits(
  { type, enum: values, minimum = -Infinity, maximum = Infinity }: Schema,
  value: unknown,
): boolean {
  if (value === null) return type.includes('null');
  if (values) return values.includes(value);
  if (type.includes(typeof value) && typeof value !== 'number') return true;
  if (typeof value !== 'number' || (type.includes('integer') && value % 1 !== 0)) return false;
  return value >= minimum && value <= maximum;
}

/** Reads the trees of a version and walks them node by node, by nothing but the published format. */
export function plainWalk(version: string) {
  const manifest = JSON.parse(readFileSync(join(version, 'model.json'), 'utf8'));
  const tensor = readTensors(join(version, 'forest.safetensors'));
  const { base, divisor, link } = manifest.answer;

  function leaf(node: number, x: number[]): number {
    if (tensor.feature[node] < 0) return tensor.value[node];
    const given = x[tensor.feature[node]];
    const isLeft = Number.isNaN(given) ? tensor.missing_left[node] : given < tensor.threshold[node];
    return leaf((isLeft ? tensor.left : tensor.right)[node], x);
  }

  return (row: Row): number => {
    const x = manifest.features.map(({ column, equals }: { column: string; equals?: string }) => {
      const value = row[column] ?? Number.NaN;
      if (equals === undefined || typeof value === 'number') return value;
      return value === equals ? 1 : 0;
    });
    let sum = base;
    for (const root of tensor.roots) sum += leaf(root, x);
    return link === 'logit' ? 1 / (1 + Math.exp(-sum / divisor)) : sum / divisor;
  };
}

const kinds = { I32: Int32Array, F64: Float64Array, U8: Uint8Array };

function readTensors(file: string): Record<string, ArrayLike<number> & Iterable<number>> {
  const bytes = readFileSync(file);
  const start = 8 + Number(bytes.readBigUInt64LE(0));
  const head: Record<string, { dtype: keyof typeof kinds; data_offsets: [number, number] }> = JSON.parse(
    bytes.toString('utf8', 8, start),
  );
  return Object.fromEntries(
    Object.entries(head)
      .filter(([name]) => name !== '__metadata__')
      .map(([name, { dtype, data_offsets }]) => {
        const [from, to] = data_offsets.map((offset) => start + offset);
        return [name, new kinds[dtype](new Uint8Array(bytes.subarray(from, to)).buffer)];
      }),
  );
}
