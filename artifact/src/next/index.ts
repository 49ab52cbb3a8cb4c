export { type Known, type NextQuestion, nextQuestion } from './next.ts';
