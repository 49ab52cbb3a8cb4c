import { english, type Model, type Readings } from '@hearth/artifact';
import type { Decision } from '@hearth/artifact/decision';
import { Problem } from '../server/problem.ts';

/** What a model decides. @throws Problem BAD_REQUEST if it declares no threshold */
export function decisionOf({ manifest }: Model): Decision {
  const { decision } = manifest.data;
  if (decision) return decision;
  throw new Problem(
    'BAD_REQUEST',
    'the parameter decision is for a model with a threshold; this one declares none',
  );
}

export const isPositive = ({ threshold }: Decision, probability: number): boolean => probability >= threshold;

/** Returns a function that adds the decision to the members of an answer. */
export function decisionWriter(
  write: (readings: Readings, i: number) => string,
  decision: Decision,
): (readings: Readings, i: number) => string {
  const { threshold, label } = decision;
  const [yes, no] = [true, false].map(
    (positive) =>
      `,"decision":${JSON.stringify({ threshold, positive, ...(label && { label: english(label) }) })}`,
  );
  return (readings, i) => write(readings, i) + (isPositive(decision, readings.answer[i]) ? yes : no);
}
