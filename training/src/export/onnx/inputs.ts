import { type Column, type Feature, missingNumbers } from '@hearth/artifact';
import type { NodeProto, ValueInfoProto } from 'onnx-buf';
import { attribute, createNode, matrix } from './graph.ts';

/**
 * An input for each column, [rows, 1], under its name: 32-bit numbers, NaN where missing; or, for categories, text, '' where missing. The
 * column's codes for missing values count as missing.
 * @param unique makes a name that is unique in the graph
 * @param output name of the features that the nodes compute; [rows, features]
 */
export function columnInputs(
  columns: readonly Column[],
  features: readonly Feature[],
  unique: (name: string) => string,
  output: string,
): { inputs: ValueInfoProto[]; nodes: NodeProto[] } {
  const inputs = columns.map((column) =>
    matrix(column.name, column.type === 'category' ? 'STRING' : 'FLOAT', 1),
  );
  const nodes: NodeProto[] = [];
  const numbers = new Map(columns.map((column) => [column.name, column.name]));
  for (const column of columns) {
    const codes = column.type === 'category' ? [] : missingNumbers(column.missingCodes ?? []);
    if (codes.length === 0) continue;
    const [missing, known] = [unique(`${column.name} missing`), unique(`${column.name} known`)];
    nodes.push(
      missingNode(codes, column.name, missing),
      createNode('', 'Add', [column.name, missing], known),
    );
    numbers.set(column.name, known);
  }
  const parts = features.map(({ column: name, equals }) => {
    if (equals === undefined) return numbers.get(name) ?? name;
    const column = columns.find((each) => each.name === name);
    if (column?.type !== 'category') throw new RangeError(`${name} has no categories`);
    const indicator = unique(`${name} = ${equals}`);
    const levels = column.categories.map(({ value }) => value);
    nodes.push(indicatorNode(levels, equals, name, indicator));
    return indicator;
  });
  return { inputs, nodes: [...nodes, createNode('', 'Concat', parts, output, [attribute.int('axis', 1)])] };
}

/** NaN if the number is a code for a missing value, else 0; it is then added to the number. */
const missingNode = (codes: readonly number[], input: string, output: string): NodeProto =>
  createNode('ai.onnx.ml', 'LabelEncoder', [input], output, [
    attribute.floats('keys_floats', codes),
    attribute.floats(
      'values_floats',
      codes.map(() => Number.NaN),
    ),
    attribute.float('default_float', 0),
  ]);

/** 1 if the text is this level, 0 if it is another one, NaN if it is none. */
const indicatorNode = (levels: readonly string[], equals: string, input: string, output: string): NodeProto =>
  createNode('ai.onnx.ml', 'LabelEncoder', [input], output, [
    attribute.strings('keys_strings', levels),
    attribute.floats(
      'values_floats',
      levels.map((level) => Number(level === equals)),
    ),
    attribute.float('default_float', Number.NaN),
  ]);
