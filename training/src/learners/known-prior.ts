import type { Design } from '../design.ts';
import { correctedAnswer, correction } from '../sampling/prior.ts';
import { answerByTrees, type LearnedModel, type Learner, type ModelLearner } from './learner.ts';

/** A learner whose answers are corrected for the share of class 1 in the population, where it is known. */
export function correctAnswers(learner: Learner, design: Design): Learner {
  if (design.sampling?.prior === undefined) return learner;
  return {
    ...learner,
    learn(rows, seed) {
      const { predict } = learner.learn(rows, seed);
      const correct = correction(design, rows);
      return { predict: (row, given) => correct(predict(row, given)) };
    },
  };
}

/** A learner whose models are corrected in the same way. */
export function correctModels(learner: ModelLearner, design: Design): ModelLearner {
  if (design.sampling?.prior === undefined) return learner;
  const correct = (model: LearnedModel, rows: Int32Array): LearnedModel => {
    const answer = correctedAnswer(design, rows, model.answer);
    return { ...model, answer, ...answerByTrees(design, model.trees, answer, model.added) };
  };
  const { learnInThreads } = learner;
  return {
    ...learner,
    learn: (rows, seed) => correct(learner.learn(rows, seed), rows),
    ...(learnInThreads && {
      learnInThreads: async (rows, seed, progress) =>
        correct(await learnInThreads(rows, seed, progress), rows),
    }),
  };
}
