import type { Fault } from '../fields/fault.ts';
import type { ServiceErrorKind } from '../service-error.ts';

/** The texts of the page itself; texts about a model come with the model. Numbers are passed as formatted text. */
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
  result: string;
  chanceOf(outcome: string): string;
  valueOf(unit: string, outcome: string): string;
  /** `bound`: `<` or `>` where the count is rounded to 1 or 99; else empty. */
  ofHundred(outcome: string, bound: string, count: string): string;
  noResult: string;
  nothingGiven: string;
  interval(low: string, high: string, level: string): string;
  allGiven(low: string, high: string, level: string, cases: string): string;
  trackRecord(cases: string, low: string, high: string, positives: string, outcome: string): string;
  beyondSeen(label: string, minimum: string, maximum: string, unit: string): string;
  unseenCategory(label: string): string;
  toTheResult: string;
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
  steps: string;
  stepsHint(level: string): string;
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
  here: string;
  basedOn: string;
  whatItMeans: string;
  performance: string;
  discrimination(percent: string): string;
  meanError(error: string): string;
  aboutModel: string;
  operations: string;
  back: string;
  model: string;
  published(date: string): string;
  printed(date: string): string;
  errors: Record<ServiceErrorKind, string>;
  retries: string;
  /** Introduces the service's own explanation, which is in English. */
  forOperator: string;
  retry: string;
}

/** For a label inside a sentence: "Age" becomes "age"; "ST slope" stays. */
export const midSentence = (label: string) =>
  label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());

/** For an outcome at the start of a sentence: "heart disease" becomes "Heart disease". */
export const sentenceStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
