import type { Link, Manifest, PerOutput, Trees } from '@hearth/artifact';
import { ofOutput } from '@hearth/artifact';
import { addEnsemble } from './ensemble.ts';
import { attribute, type Graph } from './graph.ts';
import { type Affine, addRegressor } from './regressor.ts';

type Formula = Manifest['answer'];

/** The numbers of the formula (base + sum) / divisor · scale + offset, one for each output. */
function numbersOf({ base, divisor, scale, offset }: Formula, outputs: number) {
  const all = (value: PerOutput | undefined, absent: number) =>
    Array.from({ length: outputs }, (_, k) => ofOutput(value, k, absent));
  return { base: all(base, 0), divisor: all(divisor, 1), scale: all(scale, 1), offset: all(offset, 0) };
}

/** The formula within the numbers of trees and linear terms. */
function affineOf(formula: Formula, outputs: number): Affine {
  const { base, divisor, scale, offset } = numbersOf(formula, outputs);
  return {
    base: base.map((each, k) => (each / divisor[k]) * scale[k] + offset[k]),
    scaled: (sum, k) => (sum / divisor[k]) * scale[k],
  };
}

/**
 * Adds what computes the answer from the features. In 64 bits each step is that of the format; in 32 bits the formula is within the leaves,
 * so that the sum is rounded less often. @returns the name of the answer; [rows, outputs]
 */
export function addAnswer(
  graph: Graph,
  formula: Formula,
  trees: Trees,
  outputs: number,
  features: string,
): string {
  const isExact = graph.real === 'DOUBLE';
  const affine = isExact ? affineOf({ link: formula.link }, outputs) : affineOf(formula, outputs);
  const hasTrees = trees.forest.roots.length > 0;
  const addTrees = () =>
    isExact ? addEnsemble(graph, trees, outputs, features) : addRegressor(graph, trees, affine, features);
  const summed = hasTrees ? addTrees() : graph.constant('base', affine.base, [1, outputs]);
  const sum = trees.linear ? addLinear(graph, trees.linear, affine, features, summed) : summed;
  const score = isExact ? addFormula(graph, formula, outputs, sum) : sum;
  const answer = links[formula.link](graph, score, outputs);
  return formula.recalibration ? addRecalibration(graph, formula.recalibration, answer) : answer;
}

/** Adds the steps (base + sum) / divisor · scale + offset that change anything. */
function addFormula(graph: Graph, formula: Formula, outputs: number, sum: string): string {
  const { base, divisor, scale, offset } = numbersOf(formula, outputs);
  const steps = [
    ['Add', 'base', base, 0],
    ['Div', 'divisor', divisor, 1],
    ['Mul', 'scale', scale, 1],
    ['Add', 'offset', offset, 0],
  ] as const;
  return steps
    .filter(([, , numbers, none]) => numbers.some((each) => each !== none))
    .reduce(
      (score, [operator, name, numbers]) =>
        graph.add(operator, [score, graph.constant(name, numbers, [1, outputs])], `score after ${name}`),
      sum,
    );
}

/** Adds a coefficient times each feature, or what a missing one adds. */
function addLinear(
  graph: Graph,
  { coefficient, missing }: NonNullable<Trees['linear']>,
  { base, scaled }: Affine,
  features: string,
  summed: string,
): string {
  const outputs = base.length;
  const dims = [coefficient.length / outputs, outputs];
  const matrix = (name: string, numbers: Float64Array) =>
    graph.constant(
      name,
      numbers.map((each, i) => scaled(each, i % outputs)),
      dims,
    );
  const isMissing = graph.add('IsNaN', [features], 'is missing');
  const known = graph.add('Where', [isMissing, graph.constant('zero', [0]), features], 'known features');
  const absent = graph.toReal(isMissing, 'missing features');
  const terms = graph.add('MatMul', [known, matrix('coefficients', coefficient)], 'terms');
  const others = graph.add(
    'MatMul',
    [absent, matrix('coefficients of missing', missing)],
    'terms of missing',
  );
  return graph.add(
    'Add',
    [graph.add('Add', [summed, terms], 'score without missing'), others],
    'whole score',
  );
}

/** The functions from scores to answers, as docs/FORMAT.md has them. */
const links: Record<Link, (graph: Graph, score: string, outputs: number) => string> = {
  identity: (_, score) => score,
  logit: (graph, score) => graph.add('Sigmoid', [score], 'answer'),
  log: (graph, score) => graph.add('Exp', [score], 'answer'),
  softmax: (graph, score) => graph.add('Softmax', [score], 'answer', [attribute.int('axis', 1)]),
  share(graph, score, outputs) {
    const sum = graph.add('ReduceSum', [score, graph.axes('axis', [1])], 'sum', [
      attribute.int('keepdims', 1),
    ]);
    const isNone = graph.add('Equal', [sum, graph.constant('none', [0])], 'is none');
    const divisor = graph.add('Where', [isNone, graph.constant('one', [1]), sum], 'divisor');
    const shares = graph.add('Div', [score, divisor], 'shares');
    return graph.add('Where', [isNone, graph.constant('equal share', [1 / outputs]), shares], 'answer');
  },
};

/** 1 − q is clipped instead of q at its upper end, as in 32 bits 1 − 1e-12 is 1. */
function addRecalibration(
  graph: Graph,
  { intercept, slope }: NonNullable<Formula['recalibration']>,
  answer: string,
): string {
  const [least, one] = [graph.constant('least', [1e-12]), graph.constant('most', [1])];
  const rest = graph.add('Sub', [one, answer], 'rest');
  const [log, logOfRest] = [answer, rest].map((each) =>
    graph.add('Log', [graph.add('Clip', [each, least, one], `clipped ${each}`)], `log of ${each}`),
  );
  const odds = graph.add('Sub', [log, logOfRest], 'log-odds');
  const steep = graph.add('Mul', [odds, graph.constant('slope', [slope])], 'steep log-odds');
  const moved = graph.add('Add', [steep, graph.constant('intercept', [intercept])], 'recalibrated log-odds');
  return graph.add('Sigmoid', [moved], 'recalibrated');
}
