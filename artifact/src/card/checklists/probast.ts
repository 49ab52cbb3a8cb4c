import { usedColumns } from '../../columns/features.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { code } from '../markdown.ts';
import { decimal } from '../numbers.ts';
import { samplingSentences } from '../sampling.ts';
import { protocolOf } from '../scores.ts';
import { either, type Item, inTraining, reported, type Told } from './checklist.ts';

const definition: Told = ({ outcomeDefinition }) => outcomeDefinition && 'Outcome and output';

/** What the signalling questions of PROBAST (Wolff et al. 2019, Annals of Internal Medicine 170:51) ask for; the judgement is the reader's. */
export const probastItems: readonly Item[] = [
  {
    id: '1.1',
    about: 'appropriate sources of data?',
    told: ({ data: { sources = [] } }) => sources.length > 0 && 'Data and participants',
  },
  {
    id: '1.2',
    about: 'appropriate inclusions and exclusions?',
    told: either(reported('eligibility'), ({ population }) => population && 'Data and participants'),
  },
  {
    id: '2.1, 2.2',
    about: 'predictors alike for all, and assessed without the outcome?',
    told: reported('predictorAssessment'),
  },
  { id: '2.3', about: 'predictors known when the model is used?', told: reported('availability') },
  { id: '3.1, 3.2, 3.4', about: 'outcome appropriate, standard, alike for all?', told: definition },
  {
    id: '3.3',
    about: 'predictors not part of the outcome?',
    told: inTraining('the target is not an input; training warns of columns that predict it alone'),
  },
  { id: '3.5', about: 'outcome without knowledge of predictors?', told: reported('outcomeAssessment') },
  { id: '3.6', about: 'appropriate time from predictors to outcome?', told: reported('horizon') },
  { id: '4.1', about: 'enough participants with the outcome?', told: perParameter },
  {
    id: '4.2',
    about: 'numbers kept as numbers?',
    told: inTraining('yes: never cut into categories by hand'),
  },
  {
    id: '4.3',
    about: 'all participants included?',
    told: ({ data }) => !data.imported && `yes: all ${data.rows} rows with a target`,
  },
  {
    id: '4.4',
    about: 'missing data handled appropriately?',
    told: inTraining('rows are kept, nothing is imputed: Predictors and missing data'),
  },
  { id: '4.5', about: 'no selection by univariable analysis?', told: inTraining('none') },
  {
    id: '4.6',
    about: 'censoring, sampling and clusters accounted for?',
    told: ({ data }) =>
      samplingSentences(data, code).join(' ') ||
      (!data.imported && 'rows are taken as independent and alike; survival data are refused'),
  },
  {
    id: '4.7',
    about: 'appropriate measures of performance?',
    told: ({ evaluation }) =>
      evaluation && 'calibration and discrimination with intervals: Results, Calibration',
  },
  {
    id: '4.8',
    about: 'overfitting and optimism accounted for?',
    told: ({ evaluation, data }) => evaluation && `${protocolOf(evaluation, data)}: Method`,
  },
  {
    id: '4.9',
    about: 'model and reported weights correspond?',
    told: () => 'yes: the files of the model are what answers, and golden rows are checked',
  },
];

/** Rows with the rarer outcome, or rows, for each feature (Peduzzi et al. 1996; Riley et al. 2020). */
function perParameter({ data: { rows, positives, classes }, features, columns }: Manifest): string {
  const rarest = classes ? Math.min(...classes) : positives && Math.min(positives, rows - positives);
  const of = rarest === undefined ? `${rows} rows` : `${rarest} rows of the rarest class`;
  const used = columns.filter(({ name }) => usedColumns(features).has(name)).length;
  return `${of} for ${features.length} features of ${used} columns: ${decimal((rarest ?? rows) / features.length, 1)} each`;
}
