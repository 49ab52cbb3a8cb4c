import { fromBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  ModelProtoSchema,
  type NodeProto,
  TensorProto_DataType,
  type ValueInfoProto,
} from 'onnx-buf';

/** The numbers or texts of one row, or the numbers of a constant, row after row; of a matrix, how many are a row. */
type Value = (number | string)[] & { width?: number };
type Named = Record<string, AttributeProto>;
const text = new TextDecoder();

/**
 * Runs an ONNX file on one row, in the precision of its inputs and outputs. Each operator follows its definition at https://onnx.ai/onnx/operators.
 * @param row by input: numbers, NaN where missing, and texts
 * @returns the numbers of each output
 */
export const runOnnx = (bytes: Uint8Array, row: OnnxRow): Record<string, number[]> => readOnnx(bytes)(row);

type OnnxRow = Record<string, number | string>;

/** The same for any number of rows. */
export function readOnnx(bytes: Uint8Array): (row: OnnxRow) => Record<string, number[]> {
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  if (!graph) throw new Error('the file has no graph');
  const isDouble = elementTypeOf(graph.output[0]) === TensorProto_DataType.DOUBLE;
  const real = <V extends number | string>(value: V): V =>
    (typeof value === 'number' && !isDouble ? Math.fround(value) : value) as V;
  const constants = graph.initializer.map(({ name, floatData, doubleData, int64Data, dims }) => {
    const numbers = [...floatData, ...doubleData, ...int64Data].map(Number).map(real);
    return [name, Object.assign(numbers, { width: Number(dims.at(-1) ?? 1) })] as const;
  });
  return (row) => {
    const values: Record<string, Value> = Object.fromEntries(constants);
    for (const { name } of graph.input) values[name] = [real(row[name])];
    for (const node of graph.node) {
      const made = run(
        node,
        node.input.map((name) => values[name]),
      );
      values[node.output[0]] = Object.assign(made.map(real), { width: made.width });
    }
    return Object.fromEntries(graph.output.map(({ name }) => [name, values[name] as number[]]));
  };
}

const elementTypeOf = ({ type }: ValueInfoProto): TensorProto_DataType | undefined =>
  type?.value.case === 'tensorType' ? type.value.value.elemType : undefined;

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
    case 'Gather': {
      const { width = 1 } = inputs[0];
      return Object.assign(
        second.flatMap((place) => first.slice(place * width, (place + 1) * width)),
        { width },
      );
    }
    case 'ReduceSum': {
      const { width = first.length } = inputs[0];
      const isOfRows = named.keepdims.i === 0n;
      const sums = new Array<number>(isOfRows ? width : 1).fill(0);
      for (const [i, x] of first.entries()) sums[isOfRows ? i % width : 0] += x;
      return sums;
    }
    case 'Softmax': {
      const powers = first.map((x) => Math.exp(x - Math.max(...first)));
      return powers.map((power) => power / powers.reduce((a, b) => a + b));
    }
    case 'TreeEnsembleRegressor':
      return walk(named, first);
    case 'TreeEnsemble':
      return walkEnsemble(named, first);
    default:
      throw new Error(`the operator ${opType} is not implemented here`);
  }
}

function encodeLabel(named: Named, label: string | number): number {
  const { keys_tensor: keys, values_tensor: numbers, default_tensor: other } = named;
  if (keys?.t && numbers?.t && other?.t) {
    const texts = keys.t.stringData.map((each) => text.decode(each));
    const key = typeof label === 'number' ? keys.t.doubleData.indexOf(label) : texts.indexOf(label);
    return key < 0 ? other.t.doubleData[0] : numbers.t.doubleData[key];
  }
  const key =
    typeof label === 'number'
      ? named.keys_floats.floats.findIndex((each) => Math.fround(each) === label)
      : named.keys_strings.strings.findIndex((each) => text.decode(each) === label);
  return key < 0 ? named.default_float.f : named.values_floats.floats[key];
}

function walkEnsemble(named: Named, x: number[]): number[] {
  const ints = (name: string) => named[name].ints;
  const doubles = (name: string) => named[name].t?.doubleData ?? [];
  const [thresholds, weights] = [doubles('nodes_splits'), doubles('leaf_weights')];
  if (!named.nodes_modes.t?.rawData.every((mode) => mode === 1))
    throw new Error('only x < split is known here');
  const [features, missingYes, targets] = [
    'nodes_featureids',
    'nodes_missing_value_tracks_true',
    'leaf_targetids',
  ].map(ints);
  const sides = { yes: ints('nodes_truenodeids'), no: ints('nodes_falsenodeids') };
  const leafs = { yes: ints('nodes_trueleafs'), no: ints('nodes_falseleafs') };
  const sums = new Array<number>(Number(named.n_targets.i)).fill(0);
  for (const root of ints('tree_roots')) {
    let [place, isLeaf] = [Number(root), false];
    while (!isLeaf) {
      const value = x[Number(features[place])];
      const side = (Number.isNaN(value) ? missingYes[place] === 1n : value < thresholds[place])
        ? 'yes'
        : 'no';
      [place, isLeaf] = [Number(sides[side][place]), leafs[side][place] === 1n];
    }
    sums[Number(targets[place])] += weights[place];
  }
  return sums;
}

function walk(named: Named, x: number[]): number[] {
  const ints = (name: string) => named[name].ints.map(Number);
  const [trees, features] = ['nodes_treeids', 'nodes_featureids'].map(ints);
  const [yes, no, missingYes] = [
    'nodes_truenodeids',
    'nodes_falsenodeids',
    'nodes_missing_value_tracks_true',
  ].map(ints);
  const [leafTrees, leafIds, leafOutputs] = ['target_treeids', 'target_nodeids', 'target_ids'].map(ints);
  const thresholds = named.nodes_values.floats;
  const weights = named.target_weights.floats;
  // the ids of a tree's nodes start at 0 and increment by 1
  const roots = new Map<number, number>();
  for (const [node, tree] of trees.entries()) if (!roots.has(tree)) roots.set(tree, node);
  const nodeAt = (tree: number, id: number) => (roots.get(tree) as number) + id;
  const votes = Map.groupBy(leafIds.keys(), (i) => nodeAt(leafTrees[i], leafIds[i]));
  const sums = named.base_values.floats.map(Math.fround);
  for (const [tree, root] of roots) {
    let node = root;
    while (text.decode(named.nodes_modes.strings[node]) !== 'LEAF') {
      const value = x[features[node]];
      const goes = Number.isNaN(value) ? missingYes[node] === 1 : value < thresholds[node];
      node = nodeAt(tree, goes ? yes[node] : no[node]);
    }
    for (const i of votes.get(node) ?? [])
      sums[leafOutputs[i]] = Math.fround(sums[leafOutputs[i]] + weights[i]);
  }
  return sums;
}
