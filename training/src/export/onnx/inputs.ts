import {
  type CategoryColumn,
  type Column,
  type Feature,
  isNumeric,
  missingNumbers,
  setHas,
} from '@hearth/artifact';
import type { ValueInfoProto } from 'onnx-buf';
import { inputError } from '../../errors.ts';
import { attribute, type Graph, matrix } from './graph.ts';

/**
 * An input for each column, [rows, 1], under its name: 32-bit numbers, NaN where missing, 1 and 0 for booleans; or, for categories, text,
 * '' where missing. @throws InputError for a column of dates or times, which ONNX cannot read
 */
export const columnInputs = (columns: readonly Column[]): ValueInfoProto[] =>
  columns.map(({ name, type }) => {
    if (type === 'date' || type === 'datetime')
      throw inputError('NO_ONNX', `the column "${name}" is a ${type}, which ONNX cannot read`);
    return matrix(name, type === 'category' ? 'STRING' : 'FLOAT', 1);
  });

/**
 * Adds what computes the features of the columns, NaN where missing. The codes of a column for missing values count as missing.
 * @param sets the bit sets of the model's trees file
 * @returns the name of the features; [rows, features]
 */
export function addFeatures(
  graph: Graph,
  columns: readonly Column[],
  features: readonly Feature[],
  sets: Uint8Array | undefined,
): string {
  const numbers = new Map(columns.map((column) => [column.name, withoutCodes(graph, column)]));
  const parts = features.map((feature) => {
    const column = columns.find(({ name }) => name === feature.column);
    if (column?.type === 'category') return addLevels(graph, column, feature, sets);
    const number = numbers.get(feature.column) ?? feature.column;
    if (feature.nonzero !== undefined) return addNonzero(graph, number, feature.nonzero);
    if (feature.log) return graph.add('Log', [number], `log of ${number}`);
    return feature.above === undefined ? number : addAbove(graph, number, feature.above);
  });
  return graph.add('Concat', parts, 'features', [attribute.int('axis', 1)]);
}

/** The number of a column, or NaN if it is a code for a missing value. */
function withoutCodes(graph: Graph, column: Column): string {
  const { name, missingCodes = [] } = column;
  const codes = isNumeric(column) ? missingNumbers(missingCodes) : [];
  if (codes.length === 0) return name;
  const missing = graph.addMl('LabelEncoder', [name], `${name} missing`, [
    attribute.floats('keys_floats', codes),
    attribute.floats(
      'values_floats',
      codes.map(() => Number.NaN),
    ),
    attribute.float('default_float', 0),
  ]);
  return graph.add('Add', [name, missing], `${name} known`);
}

/** The number, or NaN where it is no further from 0 than `zero`. */
function addNonzero(graph: Graph, number: string, zero: number): string {
  const name = `${number} not within ${zero}`;
  const size = graph.add('Abs', [number], `${name} size`);
  const isBeyond = graph.add('Greater', [size, graph.constant(`${name} limit`, [zero])], `${name} yes`);
  return graph.add('Where', [isBeyond, number, graph.constant(`${name} missing`, [Number.NaN])], name);
}

/** max(0, number − above), and NaN if the number is NaN, which Max need not keep. */
function addAbove(graph: Graph, number: string, above: number): string {
  const name = `${number} above ${above}`;
  const limit = graph.constant(`${name} limit`, [above]);
  const difference = graph.add('Sub', [number, limit], `${name} difference`);
  const isAbove = graph.add('Greater', [number, limit], `${name} yes`);
  const factor = graph.add('Cast', [isAbove], `${name} factor`, [attribute.int('to', 1)]);
  return graph.add('Mul', [difference, factor], name);
}

/**
 * The number of each text: of a category, of another text, or NaN if missing. Where no other text is allowed, it counts as missing.
 */
function addLevels(
  graph: Graph,
  column: CategoryColumn,
  { equals, in: begin, numbers }: Feature,
  sets: Uint8Array = new Uint8Array(),
): string {
  const values = column.categories.map(({ value }) => value);
  const numberOf = (index: number): number => {
    if (numbers) return numbers[index] ?? Number.NaN;
    return begin === undefined ? Number(values[index] === equals) : setHas(sets, begin, index);
  };
  const missing = column.open ? ['', ...(column.missingCodes ?? [])] : [];
  const what = numbers ? 'number' : begin === undefined ? `= ${equals}` : `in ${begin}`;
  return graph.addMl('LabelEncoder', [column.name], `${column.name} ${what}`, [
    attribute.strings('keys_strings', [...values, ...missing]),
    attribute.floats('values_floats', [
      ...values.map((_, index) => numberOf(index)),
      ...missing.map(() => Number.NaN),
    ]),
    attribute.float('default_float', column.open ? numberOf(values.length) : Number.NaN),
  ]);
}
