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
import { attribute, type Graph, matrix, type Real, tensor } from './graph.ts';

/**
 * An input for each column, [rows, 1], under its name: numbers, NaN where missing, 1 and 0 for booleans; or, for categories, text,
 * '' where missing. @throws InputError for a column of dates or times, which ONNX cannot read
 */
export const columnInputs = (columns: readonly Column[], real: Real): ValueInfoProto[] =>
  columns.map(({ name, type }) => {
    if (type === 'date' || type === 'datetime')
      throw inputError('NO_ONNX', `the column "${name}" is a ${type}, which ONNX cannot read`);
    return matrix(name, type === 'category' ? 'STRING' : real, 1);
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
  const missing = encodeLabels(graph, name, `${name} missing`, {
    labels: codes,
    numbers: codes.map(() => Number.NaN),
    other: 0,
  });
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
  const factor = graph.toReal(isAbove, `${name} factor`);
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
  return encodeLabels(graph, column.name, `${column.name} ${what}`, {
    labels: [...values, ...missing],
    numbers: [...values.map((_, index) => numberOf(index)), ...missing.map(() => Number.NaN)],
    other: column.open ? numberOf(values.length) : Number.NaN,
  });
}

interface Labels {
  labels: readonly number[] | readonly string[];
  /** Of each label. */
  numbers: readonly number[];
  /** Of any other value. */
  other: number;
}

const isTexts = (labels: Labels['labels']): labels is readonly string[] => typeof labels[0] === 'string';

/** Numbers for labels. Those of 64 bits are tensors, which version 3 of the operator does not have. */
function encodeLabels(graph: Graph, input: string, name: string, { labels, numbers, other }: Labels): string {
  const attributes =
    graph.real === 'DOUBLE'
      ? [
          attribute.tensor('keys_tensor', isTexts(labels) ? tensor.texts(labels) : tensor.doubles(labels)),
          attribute.tensor('values_tensor', tensor.doubles(numbers)),
          attribute.tensor('default_tensor', tensor.doubles([other])),
        ]
      : [
          isTexts(labels)
            ? attribute.strings('keys_strings', labels)
            : attribute.floats('keys_floats', labels),
          attribute.floats('values_floats', numbers),
          attribute.float('default_float', other),
        ];
  return graph.addMl('LabelEncoder', [input], name, attributes);
}
