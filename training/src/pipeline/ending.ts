import { Abandoned } from '../evaluation/fold.ts';
import type { Plan } from '../plan/index.ts';

/** Whether a training is to end early, with the best model so far. */
export interface Ending {
  isAsked: boolean;
  /** Whether a candidate is evaluated: before, there is no model to keep. */
  canKeep: boolean;
}

export const createEnding = (): Ending => ({ isAsked: false, canKeep: false });

/** What a training leaves out: what its plan does, and after it was asked to end, all that is not done yet. */
export interface LeftOut {
  /** Whether a learner or a part of the evaluation is left out; if so, it is listed. */
  has(name: string): boolean;
  /** Lists what was begun and then abandoned. */
  add(name: string): void;
  list(): string[];
}

export function createLeftOut({ leftOut }: Pick<Plan, 'leftOut'>, ending: Ending): LeftOut {
  const all = new Set(leftOut);
  return {
    has(name) {
      if (ending.isAsked) all.add(name);
      return all.has(name);
    },
    add: (name) => void all.add(name),
    list: () => [...all],
  };
}

/** Its result, or undefined if it was abandoned, as the training is to end. */
export async function unlessAbandoned<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Abandoned) return undefined;
    throw error;
  }
}
