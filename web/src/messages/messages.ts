import type { Fault } from '../fields/fault.ts';
import type { TroubleKind } from '../trouble.ts';

/** The page's own texts; what a model is about comes with the model. Numbers are handed over as text, formatted. */
export interface Messages {
  languageName: string;
  chooseLanguage: string;
  loading: string;
  form: string;
  addWhatYouKnow: string;
  addHint: string;
  notGiven: string;
  clear(label: string): string;
  clearShort: string;
  clearAll: string;
  explain(label: string): string;
  allowed(isWhole: boolean, minimum: string, maximum: string, unit: string): string;
  allowedValues(values: string[], unit: string): string;
  allowedCategories: string;
  fault: Record<Fault, string>;
  slider(label: string): string;
  answer: string;
  chanceOf(outcome: string): string;
  valueOf(unit: string, outcome: string): string;
  people(count: number): string;
  noAnswer: string;
  nothingGiven: string;
  interval(low: string, high: string, level: string): string;
  allGiven(low: string, high: string, level: string, rows: string): string;
  alike(count: string, low: string, high: string, yes: string, no: string): string;
  beyondSeen(label: string, minimum: string, maximum: string, unit: string): string;
  unseenCategory(label: string): string;
  toTheAnswer: string;
  copyLink: string;
  linkCopied: string;
  print: string;
  whatWasGiven: string;
  why: string;
  raises: string;
  lowers: string;
  raisesFromTo(from: string, to: string): string;
  lowersFromTo(from: string, to: string): string;
  start: string;
  notGivenSum(count: number): string;
  result: string;
  doubt: string;
  doubtHint(level: string): string;
  nothingKnown: string;
  andColumn(label: string): string;
  curveOf(outcome: string, kind: 'chance' | 'value'): string;
  by: string;
  curveTitle(curve: string, label: string): string;
  curveSummary(first: string, firstAnswer: string, last: string, lastAnswer: string): string;
  curveHere(value: string, answer: string): string;
  curveReading(value: string, answer: string): string;
  curveHint: string;
  seenRange(minimum: string, maximum: string): string;
  baseRate(percent: string): string;
  you: string;
  whoItIsAbout: string;
  whatItMeans: string;
  howWell: string;
  discrimination(percent: string): string;
  meanError(error: string): string;
  aboutModel: string;
  operations: string;
  back: string;
  model: string;
  published(date: string): string;
  printed(date: string): string;
  trouble: Record<TroubleKind, string>;
  comesBack: string;
  /** Stands before the cause in the service's own words, in English. */
  forOperator: string;
  retry: string;
}

/** "Age" becomes "age", and "ST slope" stays. */
export const midSentence = (label: string) =>
  label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
