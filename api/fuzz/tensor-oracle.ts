import { cellValue } from './csv-oracle.ts';
import type { RowSchema } from './oracle.ts';

type Row = Record<string, unknown>;
type Json = Record<string, unknown>;

interface Tensor {
  name: string;
  shape: number[];
  datatype: string;
  parameters?: Json | null;
  data: unknown[];
}

export interface InferenceRequest {
  id?: string;
  parameters?: Json | null;
  inputs: Tensor[];
  outputs?: { name: string }[];
}

/** The rows that the tensors of an answered request are, by what /docs says of them. */
export function plainRows(
  { inputs, parameters }: InferenceRequest,
  names: string[],
  { properties }: RowSchema,
): Row[] {
  const [first] = inputs;
  const rows = Array.from({ length: first.shape[0] }, (): Row => ({}));
  for (const tensor of inputs) {
    const columns = names.includes(tensor.name) ? [tensor.name] : names;
    const missing = tensor.parameters?.missing_value ?? parameters?.missing_value;
    const cells = tensor.data.flat();
    if (cells.length !== rows.length * columns.length)
      throw new Error('data that are not of their shape were answered');
    cells.forEach((cell, i) => {
      const name = columns[i % columns.length];
      if (cell !== null && cell !== missing && !fits(tensor.datatype, cell))
        throw new Error(`${JSON.stringify(cell)} was taken for ${tensor.datatype}`);
      const isText = tensor.datatype === 'BYTES' && typeof cell === 'string';
      const value = isText ? cellValue(cell, properties[name], ',') : cell;
      rows[Math.floor(i / columns.length)][name] = cell === missing ? null : value;
    });
  }
  return rows;
}

/** Whether JSON can carry a value of this datatype so. */
function fits(datatype: string, cell: unknown): boolean {
  if (datatype === 'BYTES') return typeof cell === 'string';
  const [, unsigned, bits] = /^(U?)INT(8|16|32|64)$/.exec(datatype) ?? [];
  if (bits === undefined) return typeof cell === 'number' && /^FP(32|64)$/.test(datatype);
  const reach = Math.min(2 ** (Number(bits) - (unsigned ? 0 : 1)), Number.MAX_SAFE_INTEGER);
  return Number.isInteger(cell) && Number(cell) >= (unsigned ? 0 : -reach) && Number(cell) <= reach;
}
