/** A table, and what a user says about it: the options of `hearth try`. */
export interface PublicTable {
  name: string;
  /** Where it is not the CSV file of its name. */
  file?: string;
  target: string;
  /** More options; one without a value is ''. */
  options?: Record<string, string>;
  /** Why an option is needed, or what is to be known. */
  note?: string;
  /** What `hearth try` must say without the options. */
  refused?: { without: string; says: RegExp };
}

/** The tables of R's packages datasets, mlbench, rpart and vcd. */
export const publicTables: PublicTable[] = [
  { name: 'PimaIndiansDiabetes2', target: 'diabetes' },
  { name: 'BreastCancer', target: 'Class', options: { group: 'Id' }, note: '54 patients have several rows' },
  {
    name: 'BostonHousing2',
    target: 'cmedv',
    options: { 'leave-out': 'medv' },
    note: 'medv is cmedv before it was corrected',
  },
  { name: 'Ozone', target: 'V4' },
  { name: 'Ozone-csv2', target: 'V4', note: 'semicolons and decimal commas' },
  { name: 'Vehicle', target: 'Class' },
  { name: 'Glass', target: 'Type', options: { classes: '' }, note: 'its classes are numbers' },
  { name: 'Zoo', target: 'type' },
  { name: 'Soybean', target: 'Class' },
  { name: 'HouseVotes84', target: 'Class' },
  { name: 'Sonar', target: 'Class' },
  { name: 'Titanic', target: 'Survived' },
  { name: 'Titanic-counts', target: 'Survived', options: { count: 'Freq' } },
  {
    name: 'esoph-counts',
    target: 'cancer',
    options: { count: 'n' },
    note: 'in long form: cases and controls are rows with a count; the probability is that of the study',
  },
  { name: 'esoph', target: 'ncases', note: 'as it is: the number of cases' },
  {
    name: 'infert',
    target: 'case',
    options: { group: 'stratum', prior: '0.1', 'leave-out': 'pooled.stratum' },
    note: 'a matched study: 0.1 is an example of a prevalence',
    refused: { without: 'prior', says: /this is a matched study.*--prior/ },
  },
  { name: 'car90', target: 'Price' },
  {
    name: 'stagec',
    target: 'pgstat',
    options: { 'leave-out': 'pgtime' },
    note: 'survival data: only an example of the option',
    refused: { without: 'leave-out', says: /look like survival data.*fixed horizon/ },
  },
  { name: 'kyphosis', target: 'Kyphosis' },
  { name: 'Arthritis', target: 'Improved' },
  { name: 'Satellite', target: 'classes' },
  { name: 'DNA', target: 'Class' },
  { name: 'LetterRecognition', target: 'lettr' },
];

/** The options of a table as words of a command line. */
export const wordsOf = ({ target, options = {} }: PublicTable, without?: string): string[] =>
  Object.entries({ target, ...options })
    .filter(([name]) => name !== without)
    .flatMap(([name, value]) => [`--${name}`, ...(value === '' ? [] : [value])]);
