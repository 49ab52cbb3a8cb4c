import type { Contributions } from '@hearth/artifact';
import type { Fault } from '../fields/fault.ts';
import type { ServiceErrorKind } from '../service-error.ts';
import { answerWords } from './answer-words.ts';
import { midSentence, sentenceStart } from './letter-case.ts';

/** What is given, inside a sentence: up to three labels, else their number. */
const known = (labels: readonly string[]): string => {
  if (labels.length > 3) return `these ${labels.length} fields`;
  const names = labels.map(midSentence);
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
};

const about: Record<string, string> = { '<': 'fewer than', '>': 'more than', '': 'about' };

/** The texts of the page itself; texts about a model come with the model. Numbers are passed as formatted text. */
export const en = {
  ...answerWords.en,
  languageName: 'English',
  chooseLanguage: 'Language',
  chooseModel: 'Model',
  loading: 'Loading…',
  form: 'Start here',
  addWhatYouKnow: 'Add what you know',
  addHint: 'Leave blank anything you do not know.',
  addHintOfRange: 'Most answers narrow the range; some widen it.',
  addRequired: 'This model needs every field marked as required.',
  /** For whom the result is, where the model does not say it. */
  basedOnCases: (rows: string, cases: string) => `${rows} ${cases}.`,
  foundIn: (outcome: string, count: string, cases: string) =>
    `${sentenceStart(outcome)} in ${count} of 100 ${cases}.`,
  required: '(required)',
  unitOf: (label: string) => `Unit: ${label}`,
  /** What a row is about, where the model does not say it. */
  cases: 'cases',
  clear: (label: string) => `Clear: ${label}`,
  clearShort: 'Clear',
  clearAll: 'Clear all',
  explain: (label: string) => `Explain: ${label}`,
  allowed(isWhole: boolean, minimum: string | undefined, maximum: string | undefined) {
    const number = `Enter a ${isWhole ? 'whole ' : ''}number`;
    if (minimum && maximum) return `${number} from ${minimum} to ${maximum}.`;
    if (minimum) return `${number} of at least ${minimum}.`;
    return maximum ? `${number} of at most ${maximum}.` : `${number}.`;
  },
  allowedValues: (values: string) => `Enter one of these values: ${values}.`,
  allowedTimes(first: string | undefined, last: string | undefined) {
    if (first && last) return `Enter ${first} to ${last}.`;
    if (first) return `Enter ${first} or later.`;
    return last ? `Enter ${last} or earlier.` : '';
  },
  allowedCategories: 'Choose an item from the list.',
  fault: {
    empty: 'Required.',
    'not-a-number': 'Not a number.',
    'not-whole': 'Not a whole number.',
    'too-small': 'Too low.',
    'too-large': 'Too high.',
    'not-listed': 'Not an allowed value.',
    'stands-for-unknown':
      'In the data this number means “unknown”. If you do not know the value, leave the field blank.',
    'not-a-category': 'Not in the list.',
    'not-a-date': 'Not a date.',
    'not-a-time': 'Not a date and time.',
    'too-early': 'Too early.',
    'too-late': 'Too late.',
  } satisfies Record<Fault, string>,
  another: 'Another value',
  search: (count: string) => `Type to search ${count} values`,
  slider: (label: string) => `Adjust: ${label}`,
  result: 'Result',
  guess: 'a guess, outside the data',
  mostProbable: (label: string, classes: string) =>
    `chance of ${label}, the most probable of ${classes} classes`,
  chances: 'Chance of each class; select one to see why',
  allClasses: (count: string) => `All ${count} classes`,
  fewerClasses: 'Fewer classes',
  classSet: (labels: readonly string[], level: string) =>
    `In ${level} of 100 cases with as many fields filled in, the class is in a set like this: ${labels.join(', ')}.`,
  classSetOfMany: (count: string, level: string) =>
    `In ${level} of 100 cases with as many fields filled in, the class is in a set like this: the ${count} most probable ones.`,
  whyClass: (label: string) => `Why ${label}`,
  valueOf: (unit: string, outcome: string) => (unit ? `${unit}, ${outcome}` : outcome),
  /** `bound`: `<` or `>` where the count is rounded to 1 or 99; else empty. */
  ofHundred: (outcome: string, bound: string, count: string, cases: string) =>
    `${sentenceStart(outcome)} in ${about[bound]} ${count} of 100 ${cases} like this.`,
  ofHundredRange: (outcome: string, cases: string) => `${sentenceStart(outcome)}, in 100 ${cases} like this`,
  ofHundredUnknown: (outcome: string, cases: string) =>
    `${sentenceStart(outcome)} in how many of 100 ${cases} like this: nobody knows.`,
  atLeast: 'at least',
  bestEstimate: 'best estimate',
  atMost: 'at most',
  stillNeeded: (labels: readonly string[]) =>
    labels.length > 8
      ? `The result needs ${labels.length} more fields: those marked as required.`
      : `The result still needs: ${labels.join(', ')}.`,
  answeredWithout: (labels: readonly string[]) =>
    `Answered without ${known(labels)}: see the note at ${labels.length === 1 ? 'that field' : 'those fields'}.`,
  nothingGiven: 'Nothing entered yet.',
  littleKnown: (labels: readonly string[], low: string, high: string, often: string) =>
    `With ${known(labels)} alone, little is known: with every field filled in, the result could be anywhere from ${low} to ${high}, ${often}.`,
  noRange: 'There was no such case to learn from, so nobody knows how far off this is.',
  quantile: (share: string, value: string) => `In ${share} of 100 such cases at most ${value}.`,
  /** `learned`: from how many of which cases; empty if nobody knows. */
  allGiven: (low: string, high: string, often: string, learned: string) =>
    `Every field is filled in. ${learned ? `With ${learned} to learn from, the` : 'The'} model cannot be more precise than ${low} to ${high}, ${often}.`,
  trackRecord: (cases: string, low: string, high: string, positives: string, outcome: string) =>
    `Track record: tested on cases it had not seen, the model gave ${cases} of them ${low} to ${high}; ${outcome} was confirmed in ${positives}.`,
  beyondSeen: (label: string, minimum: string, maximum: string) =>
    `${label} in the data: ${minimum} to ${maximum}. Outside that range the result is not reliable.`,
  unseenCategory: (label: string) =>
    `${label}: no case in the data has this value, so the result is not reliable.`,
  toTheResult: 'Show the result',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  print: 'Print',
  whatWasGiven: 'Data entered',
  why: 'Why this result',
  raises: 'raises it',
  lowers: 'lowers it',
  raisesFromTo: (from: string, to: string) => `up from ${from} to ${to}`,
  lowersFromTo: (from: string, to: string) => `down from ${from} to ${to}`,
  start: 'Starting point',
  /** By the scale on which contributions add up. */
  barsAdd: {
    'log-odds':
      'The bars add up in log-odds: a bar of the same length changes the percentage most near 50% and least near 0% and 100%.',
    log: 'The bars add up in logarithms: a bar of the same length multiplies the result by the same factor.',
    chance: 'The bars add up to the result.',
    value: 'The bars add up to the result.',
    score:
      'The bars add up to the score of this class, in logarithms. Its chance depends on the scores of the other classes too.',
  } satisfies Record<Contributions['scale'] | 'score', string>,
  inUnit: (unit: string) => `In ${unit}.`,
  blanksMove:
    'Fields left blank move the result too: the model then goes by what is usual in cases with the same answers.',
  notGivenSum: (count: number) => (count === 1 ? '1 field left blank' : `${count} fields left blank`),
  steps: 'How each answer changes the range',
  stepsHint: (often: string) =>
    `Where the result would be, ${often}, if everything were known, adding one field at a time.`,
  stepsHintOfOutcome: (level: string) =>
    `Where the value is in ${level} of 100 such cases, adding one field at a time.`,
  nothingKnown: 'Nothing entered',
  andColumn: (label: string) => `+ ${label}`,
  curveOf: (outcome: string, kind: 'chance' | 'value') =>
    kind === 'chance' ? `Chance of ${outcome}` : `Predicted ${outcome}`,
  by: 'by',
  curveTitle: (curve: string, label: string) => `${curve} by ${midSentence(label)}`,
  curveSummary: (first: string, firstAnswer: string, last: string, lastAnswer: string) =>
    `The curve goes from ${firstAnswer} at ${first} to ${lastAnswer} at ${last}.`,
  curveHere: (value: string, answer: string) => `This case: ${answer} at ${value}.`,
  curveReading: (value: string, answer: string) => `At ${value}: ${answer}`,
  curveHint: 'Everything else stays as entered. Point at the curve to read a value; click to enter it.',
  bandHint: 'Band: where the result would be.',
  densityHint: 'Bars at the bottom: where the cases in the data are.',
  levelHint: 'Everything else stays as entered. Select a value to enter it.',
  levelRows: (rows: string) => `(${rows} in the data)`,
  seenRange: (minimum: string, maximum: string) => `In the data: ${minimum} to ${maximum}`,
  baseRate: (percent: string) => `Average in the data: ${percent}`,
  here: 'This case',
  whatItMeans: 'What the result means',
  definedAs: (outcome: string, definition: string) => `${sentenceStart(outcome)}: ${definition}`,
  performance: 'How well it predicts',
  discrimination: (percent: string) =>
    `Shown two cases, one with the outcome and one without, it ranks them correctly ${percent} of the time if every field is filled in. Guessing: 50%.`,
  discriminationOf: (labels: readonly string[], percent: string, all: string) =>
    `Shown two cases, one with the outcome and one without, it ranks them correctly ${percent} of the time from ${known(labels)} alone, and ${all} of the time from every field. Guessing: 50%.`,
  rightClass: (percent: string) =>
    `On cases it had not seen, its most probable class was right ${percent} of the time.`,
  rightClassOf: (labels: readonly string[], percent: string, all: string) =>
    `On cases it had not seen, its most probable class was right ${percent} of the time from ${known(labels)} alone, and ${all} of the time from every field.`,
  meanErrorOf: (labels: readonly string[], error: string, all: string) =>
    `On cases it had not seen, it was off on average by ${error} from ${known(labels)} alone, and by ${all} from every field.`,
  meanError: (error: string) => `On cases it had not seen, it was off by ${error} on average.`,
  discriminationAt: (place: string, percent: string) =>
    `At “${place}”: shown two cases, one with the outcome and one without, it ranked them correctly ${percent} of the time. Guessing: 50%.`,
  rightClassAt: (place: string, percent: string) =>
    `At “${place}” its most probable class was right ${percent} of the time.`,
  meanErrorAt: (place: string, error: string) => `At “${place}” it was off by ${error} on average.`,
  notEvaluated: 'It has not been evaluated: how well it predicts is not known.',
  notStated: 'Not stated',
  unstated: {
    population: 'whom or what it is based on',
    intendedUse: 'what it is for',
    notIntendedUse: 'what it is not for',
    sources: 'the source of its data',
    licence: 'the licence of its data',
  },
  aboutModel: 'About this model',
  operations: 'Operations',
  back: 'Back to the result',
  model: 'Model',
  published: (date: string) => `published ${date}`,
  printed: (date: string) => `printed ${date}`,
  errors: {
    offline: 'You are offline.',
    unreachable: 'The service cannot be reached.',
    failing: 'The service cannot answer right now.',
    refused: 'The service did not accept these values.',
  } satisfies Record<ServiceErrorKind, string>,
  retries: 'Your entries are kept, and the page retries automatically.',
  /** Introduces the service's own explanation, which is in English. */
  forOperator: 'For the operator of this service:',
  retry: 'Try again now',
};

export type Messages = typeof en;
