import { type Column, type Feature, isNumeric } from '@hearth/artifact';
import type { NodeProto, ValueInfoProto } from 'onnx-buf';
import { attribute, createNode, matrix } from './graph.ts';

/**
 * An input for each column, [rows, 1], under its name: 32-bit numbers, NaN where not given; text for a category, '' where not given.
 * @param unique makes a name that nothing else in the graph has
 * @param output name of the features that the nodes put together; [rows, features]
 */
export function columnInputs(
  columns: readonly Column[],
  features: readonly Feature[],
  unique: (name: string) => string,
  output: string,
): { inputs: ValueInfoProto[]; nodes: NodeProto[] } {
  const inputs = columns.map((column) => matrix(column.name, isNumeric(column) ? 'FLOAT' : 'STRING', 1));
  const nodes: NodeProto[] = [];
  const parts = features.map(({ column: name, equals }) => {
    if (equals === undefined) return name;
    const column = columns.find((each) => each.name === name);
    if (!column || isNumeric(column)) throw new RangeError(`${name} has no categories`);
    const indicator = unique(`${name} = ${equals}`);
    nodes.push(indicatorNode(column.categories, equals, name, indicator));
    return indicator;
  });
  return { inputs, nodes: [...nodes, createNode('', 'Concat', parts, output, [attribute.int('axis', 1)])] };
}

/** 1 where the text is the category, 0 where it is another, NaN where it is none of them. */
const indicatorNode = (
  categories: readonly { value: string }[],
  equals: string,
  input: string,
  output: string,
): NodeProto =>
  createNode('ai.onnx.ml', 'LabelEncoder', [input], output, [
    attribute.strings(
      'keys_strings',
      categories.map(({ value }) => value),
    ),
    attribute.floats(
      'values_floats',
      categories.map(({ value }) => Number(value === equals)),
    ),
    attribute.float('default_float', Number.NaN),
  ]);
