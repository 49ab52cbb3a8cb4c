import { basename } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { decodeAnswer, type Forest, type Link, type Manifest, outputsOf, targetKind } from '@hearth/artifact';
import { readArtifact } from '@hearth/artifact/store';
import { type GraphProto, ModelProtoSchema, type NodeProto } from 'onnx-buf';
import { engineVersion } from '../../engine-version.ts';
import { inputError } from '../../errors.ts';
import { createNode, matrix } from './graph.ts';
import { columnInputs } from './inputs.ts';
import { treesNode } from './trees.ts';

type Formula = Pick<Manifest, 'name' | 'columns' | 'features' | 'answer' | 'target'>;

/** Reads and checks a version, and encodes it as an ONNX file. @throws ArtifactError for a version that could not serve */
export async function packAsOnnx(folder: string): Promise<Uint8Array> {
  const { manifest, files } = await readArtifact(folder);
  const { forest, others, leafValues, linear, sets } = decodeAnswer(
    files['forest.safetensors'],
    outputsOf(manifest.target),
    manifest.features.length,
  );
  const derived = manifest.features.some(
    (feature) => feature.numbers ?? feature.part ?? feature.above !== undefined,
  );
  if (others ?? leafValues) throw inputError('NO_ONNX', 'several outputs');
  if (linear) throw inputError('NO_ONNX', 'linear terms');
  if (sets ?? derived) throw inputError('NO_ONNX', 'features that are derived from categories or dates');
  return encodeOnnx(manifest, forest, basename(folder));
}

/**
 * A model as the bytes of an ONNX file (https://onnx.ai): an input for each column that its trees use, [rows, 1], and one output,
 * `probability` or `value`, [rows, 1]. Numbers have 32 bits, as is usual in ONNX, so answers differ from the model's by about 1e-6; by more
 * only if a value and a threshold round to the same 32-bit number.
 */
export function encodeOnnx(
  { name, columns, features, answer, target }: Formula,
  forest: Forest,
  version: string,
): Uint8Array {
  const used = columns.filter((column) => features.some((feature) => feature.column === column.name));
  const unique = uniqueNames(used.map((column) => column.name));
  const [row, score, output] = ['features', 'score', targetKind(target).field].map(unique);
  const { inputs, nodes } = columnInputs(used, features, unique, row);
  return encode(version, {
    name,
    input: inputs,
    node: [...nodes, ...answerNodes(forest, answer, row, score, output)],
    output: [matrix(output, 'FLOAT', 1)],
  });
}

/** Trees as the bytes of an ONNX file with one input `features`, [rows, features], NaN where missing, and one output `value`. */
export function encodeTrees(forest: Forest, answer: Manifest['answer'], features: number): Uint8Array {
  return encode('', {
    name: 'trees',
    input: [matrix('features', 'FLOAT', features)],
    node: answerNodes(forest, answer, 'features', 'score', 'value'),
    output: [matrix('value', 'FLOAT', 1)],
  });
}

/** The operator from the score to the answer, if one is needed. */
const operators: Partial<Record<Link, string>> = { logit: 'Sigmoid' };

/** @throws InputError for a formula that no operator stands for */
function sumOf({ base, divisor, link, ...more }: Manifest['answer']): { base: number; divisor: number } {
  const other =
    Object.keys(more)[0] ?? (link === 'identity' || operators[link] ? undefined : `the link ${link}`);
  if (other !== undefined || typeof base === 'object' || typeof divisor === 'object') {
    throw inputError('NO_ONNX', other ?? 'several outputs');
  }
  return { base: base ?? 0, divisor: divisor ?? 1 };
}

function answerNodes(
  forest: Forest,
  answer: Manifest['answer'],
  input: string,
  score: string,
  output: string,
): NodeProto[] {
  const operator = operators[answer.link];
  if (!operator) return [treesNode(forest, sumOf(answer), input, output)];
  return [treesNode(forest, sumOf(answer), input, score), createNode('', operator, [score], output)];
}

const encode = (version: string, graph: Pick<GraphProto, 'name' | 'input' | 'node' | 'output'>): Uint8Array =>
  toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [
        { domain: '', version: 13n },
        { domain: 'ai.onnx.ml', version: 3n },
      ],
      producerName: 'hearth',
      producerVersion: engineVersion,
      metadataProps: [{ key: 'version', value: version }],
      graph,
    }),
  );

/** All values of a graph share one namespace, so a column's name could equal that of an inner value. */
function uniqueNames(taken: Iterable<string>): (name: string) => string {
  const names = new Set(taken);
  return (wanted) => {
    let name = wanted;
    while (names.has(name)) name += '_';
    names.add(name);
    return name;
  };
}
