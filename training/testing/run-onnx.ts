import { fromBinary } from '@bufbuild/protobuf';
import { type AttributeProto, ModelProtoSchema, type NodeProto } from 'onnx-buf';

/** The numbers or texts of one row, or the numbers of a constant, row after row. */
type Value = (number | string)[];
type Named = Record<string, AttributeProto>;
const text = new TextDecoder();

/**
 * Runs an ONNX file on one row, in 32 bits. Each operator follows its definition at https://onnx.ai/onnx/operators.
 * @param row by input: numbers, NaN where missing, and texts
 * @returns the numbers of each output
 */
export function runOnnx(bytes: Uint8Array, row: Record<string, number | string>): Record<string, number[]> {
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  if (!graph) throw new Error('the file has no graph');
  const values: Record<string, Value> = {};
  for (const { name, floatData, int64Data } of graph.initializer)
    values[name] = floatData.length > 0 ? floatData.map(Math.fround) : int64Data.map(Number);
  for (const { name } of graph.input) values[name] = [single(row[name])];
  for (const node of graph.node)
    values[node.output[0]] = run(
      node,
      node.input.map((name) => values[name]),
    ).map(single);
  return Object.fromEntries(graph.output.map(({ name }) => [name, values[name] as number[]]));
}

const single = <V extends number | string>(value: V): V =>
  (typeof value === 'number' ? Math.fround(value) : value) as V;

/** Operators of one or more numbers in each place; what is shorter is repeated. */
const byPlace: Record<string, (...x: number[]) => number> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Greater: (a, b) => Number(a > b),
  Equal: (a, b) => Number(a === b),
  Where: (condition, a, b) => (condition ? a : b),
  Cast: (x) => x,
  IsNaN: (x) => Number(Number.isNaN(x)),
  Clip: (x, low, high) => Math.min(high, Math.max(low, x)),
  Abs: Math.abs,
  Exp: Math.exp,
  Log: Math.log,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

function run({ opType, attribute }: NodeProto, inputs: Value[]): Value {
  const named: Named = Object.fromEntries(attribute.map((each) => [each.name, each]));
  const [first, second] = inputs as number[][];
  if (Object.hasOwn(byPlace, opType)) {
    const width = Math.max(...inputs.map(({ length }) => length));
    const at = (input: Value, i: number) => input[i % input.length] as number;
    return Array.from({ length: width }, (_, i) => byPlace[opType](...inputs.map((input) => at(input, i))));
  }
  switch (opType) {
    case 'LabelEncoder':
      return inputs[0].map((label) => encodeLabel(named, label));
    case 'Concat':
      return inputs.flat();
    case 'MatMul': {
      const width = second.length / first.length;
      const term = (k: number) => first.reduce((sum, x, j) => sum + x * second[j * width + k], 0);
      return Array.from({ length: width }, (_, k) => term(k));
    }
    case 'ReduceSum':
      return [first.reduce((sum, x) => sum + x, 0)];
    case 'Softmax': {
      const powers = first.map((x) => Math.exp(x - Math.max(...first)));
      return powers.map((power) => power / powers.reduce((a, b) => a + b));
    }
    case 'TreeEnsembleRegressor':
      return walk(named, first);
    default:
      throw new Error(`the operator ${opType} is not implemented here`);
  }
}

function encodeLabel(named: Named, label: string | number): number {
  const key =
    typeof label === 'number'
      ? named.keys_floats.floats.findIndex((each) => Math.fround(each) === label)
      : named.keys_strings.strings.findIndex((each) => text.decode(each) === label);
  return key < 0 ? named.default_float.f : named.values_floats.floats[key];
}

function walk(named: Named, x: number[]): number[] {
  const ints = (name: string) => named[name].ints.map(Number);
  const [trees, ids, features] = ['nodes_treeids', 'nodes_nodeids', 'nodes_featureids'].map(ints);
  const [yes, no, missingYes] = [
    'nodes_truenodeids',
    'nodes_falsenodeids',
    'nodes_missing_value_tracks_true',
  ].map(ints);
  const [leafTrees, leafIds, leafOutputs] = ['target_treeids', 'target_nodeids', 'target_ids'].map(ints);
  const modes = named.nodes_modes.strings.map((mode) => text.decode(mode));
  const thresholds = named.nodes_values.floats;
  const find = (tree: number, id: number) => trees.findIndex((each, i) => each === tree && ids[i] === id);
  const sums = named.base_values.floats.map(Math.fround);
  for (const tree of new Set(trees)) {
    let node = find(tree, 0);
    while (modes[node] !== 'LEAF') {
      const value = x[features[node]];
      const goes = Number.isNaN(value) ? missingYes[node] === 1 : value < thresholds[node];
      node = find(tree, goes ? yes[node] : no[node]);
    }
    for (const [i, id] of leafIds.entries()) {
      if (leafTrees[i] !== tree || id !== ids[node]) continue;
      const k = leafOutputs[i];
      sums[k] = Math.fround(sums[k] + named.target_weights.floats[i]);
    }
  }
  return sums;
}
