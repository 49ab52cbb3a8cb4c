import { exposureOf } from '../answer/targets.ts';
import { countsFault, thresholdOf } from '../decision/index.ts';
import type { Evaluation } from './evaluation.ts';
import type { Bins, Manifest } from './manifest.ts';

/** The kind of the evaluations of each target. */
export const evaluationKinds: Record<Manifest['target']['type'], Evaluation['kind']> = {
  binary: 'chance',
  numeric: 'value',
  count: 'value',
  classes: 'classes',
};

/** Why what a manifest says of data and evaluation does not fit its columns and its target; undefined if it does. */
export function consistencyFault(manifest: Manifest): string | undefined {
  const { target, evaluation, format } = manifest;
  const kind = evaluationKinds[target.type];
  if (evaluation && evaluation.kind !== kind)
    return `the evaluation has the kind ${evaluation.kind}; of a target of type ${target.type} it is ${kind}`;
  return format === 1
    ? undefined
    : (dataFault(manifest) ??
        decisionFault(manifest) ??
        classFault(manifest) ??
        outcomeFault(manifest) ??
        exposureFault(manifest) ??
        nameFault(manifest));
}

function decisionFault({ data: { decision, rows }, evaluation }: Manifest): string | undefined {
  const { threshold, costs } = decision ?? {};
  if (costs && threshold !== undefined && Math.abs(thresholdOf(costs) - threshold) > 1e-12)
    return `data.decision has the threshold ${threshold}, but its costs give ${thresholdOf(costs)}`;
  const thresholds = evaluation?.kind === 'chance' ? evaluation.thresholds : undefined;
  if (!thresholds) return undefined;
  if (thresholds.rows > rows) return `evaluation.thresholds counts ${thresholds.rows} of ${rows} rows`;
  const fault = countsFault(thresholds);
  return fault && `evaluation.thresholds ${fault}`;
}

function dataFault({ data, target }: Manifest): string | undefined {
  const { rows, positives = 0, classes, missing = {}, bins = [], weights, groups, time } = data;
  if (positives > rows) return `data.positives is ${positives} of ${rows} rows`;
  if (classes) {
    const wanted = target.type === 'classes' ? target.classes.length : 2;
    if (classes.length !== wanted || sum(classes) !== rows)
      return `data.classes has ${sum(classes)} rows in ${classes.length} classes, not ${rows} in ${wanted}`;
  }
  if (Object.values(missing).some((count) => count > rows))
    return `data.missing counts more than the ${rows} rows`;
  for (const each of bins) {
    const fault = binsFault(each, rows);
    if (fault) return `data.bins of the column "${each.column}" ${fault}`;
  }
  for (const [name, column] of Object.entries({ weights: weights?.column, groups, time })) {
    if (column === target.name) return `data.${name} names the target`;
  }
  for (const name of ['prior', 'decision'] as const) {
    if (data[name] && target.type !== 'binary')
      return `data.${name} is of a probability, the target is of type ${target.type}`;
  }
  if (data.priors) {
    const wanted = target.type === 'classes' ? target.classes.length : 0;
    const { training, population } = data.priors;
    if (training.length !== wanted || population.length !== wanted)
      return `data.priors has ${training.length} and ${population.length} shares; the target has ${wanted} classes`;
  }
  return undefined;
}

/** What an evaluation says of each class is said of every class of the target. */
function classFault({ evaluation, target }: Manifest): string | undefined {
  if (evaluation?.kind !== 'classes' || target.type !== 'classes') return undefined;
  const { classes, confusion } = evaluation;
  const wanted = target.classes.length;
  if (classes.length !== wanted) return `evaluation.classes has ${classes.length} classes, not ${wanted}`;
  return confusion.length === wanted && confusion.every(({ length }) => length === wanted)
    ? undefined
    : `evaluation.confusion is not a table of ${wanted} × ${wanted} classes`;
}

/** In the last bin, which holds its upper edge, all values can be the same. */
function binsFault({ edges, values = [], counts, missing }: Bins, rows: number): string | undefined {
  if (sum(counts) + missing !== rows) return `have ${sum(counts) + missing} rows, not ${rows}`;
  if (new Set(values).size !== values.length) return 'name a value twice';
  if (!edges)
    return counts.length - values.length > 1 || counts.length < values.length
      ? `have ${counts.length} counts for ${values.length} values`
      : undefined;
  if (counts.length !== edges.length - 1) return `have ${counts.length} counts for ${edges.length} edges`;
  const last = edges.length - 1;
  const ascends = edges.every(
    (edge, i) => i === 0 || edge > edges[i - 1] || (i === last && edge === edges[i - 1]),
  );
  return ascends ? undefined : 'have edges that do not ascend';
}

function outcomeFault({ answer, interval, predictionSet, target }: Manifest): string | undefined {
  if (predictionSet && target.type !== 'classes')
    return `predictionSet is of classes, the target is of type ${target.type}`;
  const { outcome, probability } = interval ?? {};
  if (probability && target.type !== 'binary')
    return `interval.probability is of a probability, the target is of type ${target.type}`;
  if (!outcome) return undefined;
  if (target.type === 'binary') return 'interval.outcome is of a value, the target is of type binary';
  if ((outcome.of === 'count') !== (target.type === 'count'))
    return `interval.outcome is a ${outcome.of}, the target is of type ${target.type}`;
  return outcome.of === 'ratio' && answer.link !== 'log'
    ? `interval.outcome is a ratio, which needs the link log, not ${answer.link}`
    : undefined;
}

function exposureFault({ answer, features, target }: Manifest): string | undefined {
  const exposure = exposureOf(target);
  if (exposure === undefined) return undefined;
  if (answer.link !== 'log') return `target.exposure needs the link log, not ${answer.link}`;
  return features.some(({ column, log }) => log && column === exposure)
    ? undefined
    : `target.exposure names the column "${exposure}", but no feature is its logarithm`;
}

/** Every column that is named is one of the model, and has one entry at most in a list of its own. */
function nameFault({ columns, data, evaluation }: Manifest): string | undefined {
  const known = new Set(columns.map(({ name }) => name));
  const named = {
    'data.bins': data.bins?.map(({ column }) => column),
    'data.missing': Object.keys(data.missing ?? {}),
    'evaluation.importance': evaluation?.importance?.map(({ column }) => column),
    'evaluation.stages': evaluation?.stages?.flatMap((stage) => stage.columns),
    'evaluation.subgroups': evaluation?.subgroups?.map(({ column }) => column),
  };
  for (const [place, names = []] of Object.entries(named)) {
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined) return `${place} names the column "${unknown}", which does not exist`;
  }
  for (const place of ['data.bins', 'evaluation.importance'] as const) {
    const names = named[place] ?? [];
    if (new Set(names).size !== names.length) return `${place} names a column twice`;
  }
  return undefined;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);
