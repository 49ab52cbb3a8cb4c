/** What the answers of one table cost where only some columns are given. */
export interface Regrets {
  name: string;
  learner: string;
  /** Rows that a model is trained on, and rows held out. */
  rows: number;
  held: number;
  /** The Brier score with all columns. */
  whole: number;
  seconds: number;
  aims: { mean: number; worst: number };
  subsets: {
    kind: string;
    columns: string[];
    /** The number of all columns. */
    of: number;
    /** Brier scores: of the model of all columns if only these are given, and of a model that is made of these. */
    given: number;
    own: number;
  }[];
}

type Subset = Regrets['subsets'][number];

const regret = ({ given, own }: Subset): number => given - own;
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

/** The results as Markdown. */
export const report = (machine: string, tables: readonly Regrets[]): string => `# Any subset of columns

${machine}. Made by \`npm run bench -- regret\`.

A model answers rows of which only some columns are given. *Regret* is the Brier score of the rows held out if only these columns are given, minus that of a
model that the same learner makes of these columns alone. Below 0, the model of all columns is the better one.
${tables.map(section).join('')}`;

const section = ({ name, learner, rows, held, whole, seconds, aims, subsets }: Regrets): string => `
## ${name}

\`${learner}\`, trained on ${rows.toLocaleString('en')} rows, ${held.toLocaleString('en')} held out; Brier score with all columns ${whole.toFixed(5)}; ${seconds.toFixed(0)} s.
Aims: mean regret at most ${aims.mean}, worst at most ${aims.worst}.

| columns given | subsets | mean regret | worst | mean Brier, its own |
|---|--:|--:|--:|--:|
${[...Map.groupBy(subsets, ({ kind }) => kind), ['all of these', subsets] as const].map(([kind, some]) => line(kind, some)).join('\n')}

The largest:

| columns given | Brier | its own | regret |
|---|--:|--:|--:|
${subsets
  .toSorted((a, b) => regret(b) - regret(a))
  .slice(0, 10)
  .map(
    (each) =>
      `| ${described(each)} | ${each.given.toFixed(5)} | ${each.own.toFixed(5)} | ${regret(each).toFixed(5)} |`,
  )
  .join('\n')}
`;

function line(kind: string, subsets: readonly Subset[]): string {
  const regrets = subsets.map(regret);
  const numbers = [mean(regrets), Math.max(...regrets)].map((each) => each.toFixed(5));
  const briers = [mean(subsets.map(({ given }) => given)), mean(subsets.map(({ own }) => own))];
  return `| ${kind} | ${subsets.length} | ${numbers.join(' | ')} | ${briers.map((each) => each.toFixed(5)).join(', ')} |`;
}

const described = ({ kind, columns, of }: Subset): string =>
  kind === 'all but one' ? `all ${of} but one: ${columns.length}` : columns.join(', ');
