import { either, type Item, inTraining, reported, type Told } from './checklist.ts';

const elsewhere: Told = (_, evaluations) => evaluations.length > 0 && 'Evaluated at other places';
const evaluated =
  (where: string): Told =>
  ({ evaluation }) =>
    evaluation && where;
const bySubgroup: Told = ({ evaluation }) => (evaluation?.subgroups?.length ?? 0) > 0 && 'Subgroups';
const byGroup: Told = ({ evaluation }) => (evaluation?.groups?.length ?? 0) > 0 && 'Groups';
const limits: Told = ({ limits = [] }) => limits.length > 0 && 'Limits';
const sources: Told = ({ data: { sources = [] } }) => sources.length > 0 && 'Data and participants';

/** TRIPOD+AI (Collins et al. 2024, BMJ 385:e078378), in its order; the words are short ones for its items. */
export const tripodItems: readonly Item[] = [
  { id: '1', about: 'title: outcome and population', told: ({ title }) => title && 'title' },
  { id: '2', about: 'abstract', told: () => 'first paragraphs' },
  { id: '3a', about: 'context and reason', told: reported('context') },
  {
    id: '3b',
    about: 'who it is for, and what for',
    told: ({ intendedUse }) => intendedUse && 'Intended use',
  },
  { id: '3c', about: 'health inequalities', told: reported('fairness') },
  {
    id: '4',
    about: 'objectives',
    told: ({ evaluation }, evaluations) =>
      evaluation &&
      `development and internal evaluation${evaluations.length > 0 ? ', evaluation at other places' : ''}`,
  },
  { id: '5a', about: 'sources of data', told: sources },
  { id: '5b', about: 'dates of data', told: ({ dates }) => dates && 'Data and participants' },
  { id: '6a', about: 'setting and centres', told: reported('setting') },
  {
    id: '6b',
    about: 'eligibility',
    told: either(reported('eligibility'), ({ population }) => population && 'Data and participants'),
  },
  { id: '6c', about: 'treatments received', told: reported('treatments') },
  { id: '7', about: 'preparation of data', told: () => 'Predictors and missing data' },
  {
    id: '8a',
    about: 'definition of the outcome',
    told: ({ outcomeDefinition }) => outcomeDefinition && 'Outcome and output',
  },
  { id: '8b, 8c', about: 'who determined the outcome, and blinding', told: reported('outcomeAssessment') },
  { id: '9a, 9b', about: 'choice and definition of predictors', told: () => 'Predictors and missing data' },
  { id: '9c', about: 'who determined predictors, and blinding', told: reported('predictorAssessment') },
  { id: '10', about: 'sample size', told: either(reported('sampleSize'), () => 'Sample size') },
  { id: '11', about: 'missing data', told: () => 'Predictors and missing data' },
  { id: '12a–12c', about: 'use of data, type of model, internal evaluation', told: evaluated('Method') },
  { id: '12d, 23b', about: 'differences between clusters', told: byGroup },
  {
    id: '12e',
    about: 'measures of performance',
    told: evaluated('Results, Calibration, Decision'),
  },
  {
    id: '12f, 24',
    about: 'updating of the model',
    told: inTraining('none: each version is trained as a whole'),
  },
  { id: '12g, 16', about: 'evaluation on other data', told: elsewhere },
  {
    id: '13',
    about: 'class imbalance',
    told: ({ data, target }) => {
      if (target.type !== 'binary' && target.type !== 'classes') return 'does not apply';
      return data.prior || data.priors
        ? 'Sample size: answers are corrected for the prior'
        : !data.imported && 'none: no resampling, so that probabilities stay calibrated';
    },
  },
  { id: '14', about: 'fairness', told: either(bySubgroup, reported('fairness')) },
  { id: '15', about: 'output and thresholds', told: () => 'Outcome and output' },
  { id: '17', about: 'ethical approval', told: reported('ethics') },
  { id: '18a', about: 'funding', told: reported('funding') },
  { id: '18b', about: 'conflicts of interest', told: reported('conflicts') },
  { id: '18c', about: 'protocol', told: reported('protocol') },
  { id: '18d', about: 'registration', told: reported('registration') },
  { id: '18e', about: 'availability of data', told: (...known) => sources(...known) && 'Open science' },
  { id: '18f', about: 'availability of code', told: () => 'Open science' },
  { id: '19', about: 'patients and public', told: reported('involvement') },
  { id: '20a, 21', about: 'numbers of participants and events', told: () => 'Sample size' },
  { id: '20b', about: 'characteristics of participants', told: () => 'Predictors and missing data' },
  { id: '20c', about: 'comparison with other data', told: elsewhere },
  { id: '22', about: 'the whole model', told: () => 'Method, Open science' },
  { id: '23a', about: 'performance with intervals, by subgroup too', told: evaluated('Results') },
  { id: '25, 26', about: 'interpretation and limits', told: limits },
  { id: '27a', about: 'input that is missing or of poor quality', told: () => 'Outcome and output' },
  { id: '27b', about: 'what users must know and do', told: reported('users') },
  { id: '27c', about: 'next steps', told: ({ review }) => review && 'Limits' },
];
