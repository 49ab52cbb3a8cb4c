import { basename } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import {
  decodeAnswer,
  type Forest,
  type Manifest,
  outputNames,
  outputsOf,
  type Trees,
  targetKind,
} from '@hearth/artifact';
import { readArtifact } from '@hearth/artifact/store';
import { ModelProtoSchema, type ValueInfoProto } from 'onnx-buf';
import { engineVersion } from '../../engine-version.ts';
import { addAnswer } from './answer.ts';
import { createGraph, type Graph, matrix, type Real } from './graph.ts';
import { addFeatures, columnInputs } from './inputs.ts';

type Formula = Pick<Manifest, 'name' | 'columns' | 'features' | 'answer' | 'target'>;

/**
 * Reads and checks a version, and encodes it as an ONNX file.
 * @param real what its numbers are; 32-bit ones are for runtimes without TreeEnsemble (`ai.onnx.ml` 5)
 * @throws ArtifactError for a version that could not serve, InputError for one that ONNX cannot express
 */
export async function packAsOnnx(folder: string, real: Real = 'DOUBLE'): Promise<Uint8Array> {
  const { manifest, files } = await readArtifact(folder);
  const { target, features } = manifest;
  const trees = decodeAnswer(files['forest.safetensors'], outputsOf(target), features.length);
  return encodeOnnx(manifest, trees, basename(folder), real);
}

/**
 * A model as the bytes of an ONNX file (https://onnx.ai): an input for each column that it uses, [rows, 1], and one output:
 * `probability` or `value`, [rows, 1], or `probabilities` or `quantiles`, [rows, outputs], whose names are in the metadata. In 64 bits
 * every value goes to the side of each split where Hearth sends it, and only rounding differs: sums in another order, the runtime's exp, and
 * of a model with `precision: "float32"` its roundings, which ONNX cannot repeat. In 32 bits answers differ by about 1e-6, and by more where
 * a value and a threshold round to the same number.
 */
export function encodeOnnx(
  { name, columns, features, answer, target }: Formula,
  trees: Trees,
  version: string,
  real: Real = 'DOUBLE',
): Uint8Array {
  const used = columns.filter((column) => features.some((feature) => feature.column === column.name));
  const inputs = columnInputs(used, real);
  const graph = createGraph(
    used.map((column) => column.name),
    real,
  );
  const several = outputNames(target);
  const outputs = outputsOf(target);
  const row = addFeatures(graph, used, features, trees.sets);
  addAnswer(graph, answer, trees, outputs, row);
  const output = graph.nameLast(several?.field ?? targetKind(target).field);
  return encode(name, graph, inputs, matrix(output, real, outputs), {
    version,
    ...(several && { outputs: JSON.stringify(several.names) }),
  });
}

/** Trees as the bytes of an ONNX file of 32-bit numbers with one input `features`, [rows, features], NaN where missing, and one output `value`. */
export function encodeTrees(forest: Forest, answer: Manifest['answer'], features: number): Uint8Array {
  const graph = createGraph(['features'], 'FLOAT');
  addAnswer(graph, answer, { forest }, 1, 'features');
  const output = matrix(graph.nameLast('value'), 'FLOAT', 1);
  return encode('trees', graph, [matrix('features', 'FLOAT', features)], output, { version: '' });
}

const encode = (
  name: string,
  { real, nodes, constants }: Graph,
  input: ValueInfoProto[],
  output: ValueInfoProto,
  metadata: Record<string, string>,
): Uint8Array =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [
        { domain: '', version: 13n },
        { domain: 'ai.onnx.ml', version: real === 'DOUBLE' ? 5n : 3n },
      ],
      producerName: 'hearth',
      producerVersion: engineVersion,
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: { name, input, node: nodes, initializer: constants, output: [output] },
    }),
  );
