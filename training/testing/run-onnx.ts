import { fromBinary } from '@bufbuild/protobuf';
import { type AttributeProto, ModelProtoSchema, type NodeProto } from 'onnx-buf';

type Column = number[] | string[];
type Values = Record<string, Column[]>;
const text = new TextDecoder();

/**
 * Runs an ONNX file on one row, in 32 bits. Each operator follows its definition at https://onnx.ai/onnx/operators.
 * @param row by input: numbers, NaN where missing, and texts
 */
export function runOnnx(bytes: Uint8Array, row: Record<string, number | string>): Record<string, number> {
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  if (!graph) throw new Error('the file has no graph');
  const values: Values = {};
  for (const { name } of graph.input) values[name] = [[single(row[name])] as Column];
  for (const node of graph.node)
    values[node.output[0]] = run(
      node,
      node.input.map((name) => values[name][0]),
    );
  return Object.fromEntries(graph.output.map(({ name }) => [name, values[name][0][0] as number]));
}

const single = (value: number | string) => (typeof value === 'number' ? Math.fround(value) : value);

function run({ opType, attribute }: NodeProto, inputs: Column[]): Column[] {
  const named = Object.fromEntries(attribute.map((each) => [each.name, each]));
  switch (opType) {
    case 'LabelEncoder':
      return [[encodeLabel(named, inputs[0][0])]];
    case 'Add':
      return [[Math.fround((inputs[0][0] as number) + (inputs[1][0] as number))]];
    case 'Concat':
      return [inputs.flat() as number[]];
    case 'TreeEnsembleRegressor':
      return [[walk(named, inputs[0] as number[])]];
    case 'Sigmoid':
      return [[Math.fround(1 / (1 + Math.exp(-inputs[0][0])))]];
    default:
      throw new Error(`the operator ${opType} is not implemented here`);
  }
}

function encodeLabel(named: Record<string, AttributeProto>, label: string | number): number {
  const key =
    typeof label === 'number'
      ? named.keys_floats.floats.findIndex((each) => Math.fround(each) === label)
      : named.keys_strings.strings.findIndex((each) => text.decode(each) === label);
  return key < 0 ? named.default_float.f : named.values_floats.floats[key];
}

function walk(named: Record<string, AttributeProto>, x: number[]): number {
  const ints = (name: string) => named[name].ints.map(Number);
  const [trees, ids, features] = ['nodes_treeids', 'nodes_nodeids', 'nodes_featureids'].map(ints);
  const [yes, no, missingYes] = [
    'nodes_truenodeids',
    'nodes_falsenodeids',
    'nodes_missing_value_tracks_true',
  ].map(ints);
  const [leafTrees, leafIds] = ['target_treeids', 'target_nodeids'].map(ints);
  const modes = named.nodes_modes.strings.map((mode) => text.decode(mode));
  const thresholds = named.nodes_values.floats;
  const find = (tree: number, id: number) => trees.findIndex((each, i) => each === tree && ids[i] === id);
  let sum = named.base_values.floats[0];
  for (const tree of new Set(trees)) {
    let node = find(tree, 0);
    while (modes[node] !== 'LEAF') {
      const value = x[features[node]];
      const goes = Number.isNaN(value) ? missingYes[node] === 1 : value < thresholds[node];
      node = find(tree, goes ? yes[node] : no[node]);
    }
    const leaf = leafIds.findIndex((id, i) => leafTrees[i] === tree && id === ids[node]);
    sum = Math.fround(sum + named.target_weights.floats[leaf]);
  }
  return sum;
}
