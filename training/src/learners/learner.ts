import type { Manifest, Texts, Trees } from '@hearth/artifact';
import type { Progress } from '../progress.ts';

/** The columns of a row that are given; [columns], 1 where given. All of them where it is left out. */
export type Known = Uint8Array;

/** What was learned from some rows. */
export interface Learned {
  /** The answer to a row of the table, of which only the columns `known` are given. */
  predict(row: number, known?: Known): number;
}

/** A way to learn, settings chosen within the rows it is given unless its options say them. The same rows and seed give the same answers. */
export interface Learner {
  name: string;
  label: Texts;
  learn(rows: Int32Array, seed: number): Learned;
}

/** What was learned, as a model that can be published. */
export interface LearnedModel extends Learned {
  trees: Pick<Trees, 'forest'>;
  answer: Manifest['answer'];
  engine: Pick<Manifest['engine'], 'name' | 'version' | 'options'>;
}

/** A learner whose model can be published. */
export interface ModelLearner extends Learner {
  learn(rows: Int32Array, seed: number): LearnedModel;
  /** The same model by as many threads as the machine runs at once, where there is something to share among them. */
  learnInThreads?(rows: Int32Array, seed: number, progress: Progress): Promise<LearnedModel>;
}
