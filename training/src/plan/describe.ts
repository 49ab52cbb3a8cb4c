import type { TableSize } from './cost.ts';
import { budgetOf, type Part, type Plan } from './plan.ts';

const parts: Record<Part, string> = {
  'five-folds': '5 folds',
  regression: 'the regression to compare with',
  blend: 'a blend of the candidates',
  stages: 'regressions for each stage',
  'learning-curve': 'the learning curve',
  'slow-boosting': 'slower gradient boosting of more models',
  'ten-folds': '10 folds',
  'two-repeats': 'a second repeat',
  'ml-random-forest': 'ml-random-forest to compare with',
};

const isPart = (name: string): name is Part => Object.hasOwn(parts, name);
const worded = (name: string): string => (isPart(name) ? parts[name] : name);

/** What a training lacks that was interrupted; undefined if that is nothing. @param leftOut beside what its plan leaves out */
export const interruptionNote = (leftOut: readonly string[]): string | undefined =>
  leftOut.length > 0
    ? `Left out, as the training was interrupted: ${leftOut.map(worded).join(', ')}.`
    : undefined;

/** What a training does, and what it leaves out, with the options that include it; one sentence each. */
export function planNotes(size: TableSize, plan: Plan): string[] {
  const { candidates, folds, repeats, seconds, budget, wholeSeconds, leftOut, slowBoosting } = plan;
  const names = candidates.map((name) =>
    name === 'gbdt' && slowBoosting ? 'gbdt with slower boosting of more models' : name,
  );
  const what = `The plan: ${names.join(', ')} in ${repeats} × ${folds} folds, about ${seconds} s on two cores.`;
  if (leftOut.length === 0) return [what];
  const learners = leftOut.filter((name) => !isPart(name));
  const thorough = budgetOf('thorough', size) >= wholeSeconds && budget < wholeSeconds;
  const all = thorough ? '--effort thorough' : `--budget ${wholeSeconds}s`;
  const engines = learners.map((name) => `--engine ${name}`).join(', ');
  return [
    what,
    `Left out, to stay within ${budget} s: ${leftOut.map(worded).join(', ')}. All of it: ${all}${engines && `; a learner alone: ${engines}`}.`,
  ];
}
