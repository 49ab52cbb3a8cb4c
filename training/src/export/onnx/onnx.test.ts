import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { outputsOf, type Row, readAnswer, type Trees } from '@hearth/artifact';
import { tinyDraft, tinyForest } from '@hearth/artifact/testing';
import { recorded } from '@hearth/artifact/testing/hand-made';
import { ModelProtoSchema } from 'onnx-buf';
import { expect, test } from 'vitest';
import { furthest, handMadeModel, inputsOf, versionsOf } from '../../../testing/onnx/models.ts';
import { readOnnx, runOnnx } from '../../../testing/run-onnx.ts';
import { encodeOnnx, encodeTrees } from './index.ts';

type Formula = Parameters<typeof encodeOnnx>[0] & Parameters<typeof readAnswer>[0];

/** The precisions, and how far answers may be from Hearth's. */
const reals = [
  ['DOUBLE', 1e-14],
  ['FLOAT', 1e-5],
] as const;

function expectSameAnswers(formula: Formula, trees: Trees, rows: readonly Row[]) {
  const read = readAnswer(formula, trees);
  const output = formula.target.type === 'binary' ? 'probability' : 'value';
  for (const [real, bound] of reals) {
    const onnx = readOnnx(encodeOnnx(formula, trees, '1', real));
    for (const row of rows) {
      const {
        [output]: [answer],
      } = onnx(inputsOf(formula, row));
      expect(Math.abs(answer - read(row).answer)).toBeLessThan(bound);
    }
  }
}

const tinyRows: Row[] = [
  {},
  { age: 49.99 },
  { age: 50 },
  { sex: 'male' },
  { sex: 'female' },
  { age: 40, sex: 'male' },
  { age: 60, sex: 'female' },
];

test.each(await versionsOf(join(import.meta.dirname, '../../../../models/heart')))(
  'the file reproduces the golden rows of version $about',
  ({ formula, trees, rows }) => expectSameAnswers({ name: 'heart', ...formula }, trees, rows.slice(0, 12)),
);

const ofTimes = 'dates and times';

test.each(recorded.filter(({ about }) => !about.startsWith(ofTimes)))(
  'the file answers as another reader does: $about',
  ({ about, answers }) => {
    const { formula, trees, rows } = handMadeModel(about);
    const outputs = outputsOf(formula.target);
    for (const [real, bound] of reals) {
      const onnx = readOnnx(encodeOnnx(formula, trees, '1', real));
      const allowed = formula.answer.precision === 'float32' ? 1e-5 : bound;
      for (const [i, row] of rows.slice(0, 25).entries()) {
        const [answer] = Object.values(onnx(inputsOf(formula, row)));
        const theirs = answers[i].slice(0, outputs);
        expect(answer).toHaveLength(theirs.length);
        expect(furthest(theirs, answer)).toBeLessThan(allowed);
      }
    }
  },
);

test('a column that ONNX cannot read is named', () => {
  const { formula, trees } = handMadeModel(ofTimes);
  expect(() => encodeOnnx(formula, trees, '1')).toThrow('the column "day" is a date, which ONNX cannot read');
});

test('the names of several outputs are in the metadata', () => {
  const { formula, trees } = handMadeModel('leaves that hold');
  const { graph, metadataProps } = fromBinary(ModelProtoSchema, encodeOnnx(formula, trees, '1'));
  expect(graph?.output.map(({ name }) => name)).toEqual(['probabilities']);
  expect(metadataProps).toMatchObject([{ key: 'version' }, { key: 'outputs', value: '["a","b","c","d"]' }]);
});

test('a missing value goes to the side that each split names', () => {
  const missing = (value: 0 | 1) => ({ ...tinyForest(), missingLeft: new Uint8Array(6).fill(value) });
  for (const forest of [missing(0), missing(1)]) expectSameAnswers(tinyDraft(), { forest }, tinyRows);
});

test('in 64 bits a value one step below a threshold goes left, in 32 bits it cannot be told from it', () => {
  const row = { age: 49.99999999999999, sex: 'male' };
  const { answer } = readAnswer(tinyDraft(), { forest: tinyForest() })(row);
  const [exact, single] = reals.map(([real]) => {
    const bytes = encodeOnnx(tinyDraft(), { forest: tinyForest() }, '1', real);
    return runOnnx(bytes, inputsOf(tinyDraft(), row)).probability[0];
  });
  expect(exact).toBeCloseTo(answer, 14);
  expect(single).not.toBeCloseTo(answer, 2);
});

test('base, divisor and link are applied', () => {
  const answer = { base: -0.7, divisor: -3, link: 'logit' } as const;
  expectSameAnswers({ ...tinyDraft(), answer }, { forest: tinyForest() }, tinyRows);
});

test('the output of a numeric target is called value', () => {
  const target = { name: 'weight', type: 'numeric' } as const;
  expectSameAnswers({ ...tinyDraft(), target }, { forest: tinyForest() }, tinyRows);
});

test('a tree may be a single leaf', () => {
  const leaf = tinyForest();
  for (const key of Object.keys(leaf) as (keyof typeof leaf)[]) {
    if (key !== 'roots') Object.assign(leaf, { [key]: leaf[key].slice(1, 2) });
  }
  expectSameAnswers(tinyDraft(), { forest: { ...leaf, roots: Int32Array.of(0) } }, tinyRows);
});

test('a column may have the name of the output', () => {
  const draft = structuredClone(tinyDraft());
  draft.columns[0].name = 'probability';
  draft.features[0].column = 'probability';
  const bytes = encodeOnnx(draft, { forest: tinyForest() }, '1');
  const answer = runOnnx(bytes, { probability: 60, sex: 'male' });
  expect(answer).toEqual({ probability_: [expect.closeTo(0.7, 6)] });
});

test('an unknown category counts as missing', () => {
  const bytes = encodeOnnx(tinyDraft(), { forest: tinyForest() }, '1');
  expect(runOnnx(bytes, { age: 60, sex: 'Male' })).toEqual(runOnnx(bytes, { age: 60, sex: '' }));
});

test("a column's codes for missing values count as missing", () => {
  const draft = structuredClone(tinyDraft());
  draft.columns[0].missingCodes = ['41', '-99.9', 'NR'];
  draft.columns[1].missingCodes = ['?'];
  const bytes = encodeOnnx(draft, { forest: tinyForest() }, '1');
  const none = runOnnx(bytes, { age: Number.NaN, sex: '' });
  for (const age of [41, -99.9]) expect(runOnnx(bytes, { age, sex: '?' })).toEqual(none);
  expectSameAnswers(draft, { forest: tinyForest() }, tinyRows);
});

test('the inputs are the columns that the trees use, under their names', () => {
  const { graph, metadataProps } = fromBinary(
    ModelProtoSchema,
    encodeOnnx(tinyDraft(), { forest: tinyForest() }, '3-8f1c2a9'),
  );
  expect(graph?.input.map(({ name }) => name)).toEqual(['age', 'sex']);
  expect(metadataProps).toMatchObject([{ key: 'version', value: '3-8f1c2a9' }]);
});

test('a file of trees alone has one input for all features', () => {
  const bytes = encodeTrees(tinyForest(), tinyDraft().answer, 2);
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  expect(graph?.input.map(({ name }) => name)).toEqual(['features']);
  expect(graph?.node.map(({ opType }) => opType)).toEqual(['TreeEnsembleRegressor']);
});
