import type { EngineName } from './engines.ts';
import { median } from './measure.ts';
import type { Results } from './results-types.ts';
import { middle } from './scaling.ts';
import { walkedRows } from './walking.ts';

/** A goal for Hearth's trees, and the measured value. */
export interface Goal {
  goal: string;
  measured: string;
  met: boolean;
}

const peers: readonly EngineName[] = ['ranger', 'scikit-learn'];
const factor = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ×`;
const sizeOf = (rows: number): string => `${rows.toLocaleString('en')} rows`;

/** The goals for which all measurements exist. */
export const goals = (results: Results): Goal[] => [
  ...growingGoals(results),
  ...memoryGoal(results),
  ...scalingGoal(results),
  ...walkingGoals(results),
  ...answeringGoals(results),
];

function growingGoals({ growing }: Results): Goal[] {
  return [303, 10_000, 100_000].flatMap((size) => {
    const at = growing.filter(({ rows }) => rows === size);
    const ours = at.find(({ engine }) => engine === 'hearth')?.grown;
    const theirs = at.flatMap(({ engine, grown }) => (peers.includes(engine) && grown ? [grown] : []));
    if (!ours || theirs.length < peers.length) return [];
    const time = median(ours.seconds) / Math.min(...theirs.map(({ seconds }) => median(seconds)));
    const error = ours.brier / Math.min(...theirs.map(({ brier }) => brier)) - 1;
    const most = size === 100_000 ? 0.5 : 1;
    return {
      goal: `${sizeOf(size)}: grown in ${most === 1 ? 'less than' : 'at most half'} the time of the faster of ranger and scikit-learn, the Brier score at most 1 % above the better one’s`,
      measured: `${factor(time)}, ${error > 0 ? '+' : ''}${(100 * error).toFixed(2)} %`,
      met: time <= most && error <= 0.01,
    };
  });
}

function memoryGoal({ growing }: Results): Goal[] {
  const grown = growing.find(({ rows, engine }) => rows === 1_000_000 && engine === 'hearth')?.grown;
  if (!grown?.peak || !grown.model) return [];
  const besides = (grown.peak - grown.model) / 1000;
  return [
    {
      goal: '1,000,000 rows: less than 1 GB of memory without the model',
      measured: `${besides.toFixed(0)} MB, the model ${(grown.model / 1000).toFixed(0)} MB`,
      met: besides < 1000,
    },
  ];
}

function scalingGoal({ scaling }: Results): Goal[] {
  const at = (size: number) =>
    scaling.find(
      ({ rows, trees, columns }) => rows === size && trees === middle.trees && columns === middle.columns,
    );
  const [few, many] = [at(10_000), at(1_000_000)];
  if (!few || !many) return [];
  const law = (many.rows * Math.log(many.rows)) / (few.rows * Math.log(few.rows));
  const grown = many.seconds / few.seconds;
  return [
    {
      goal: `time grows no faster than n log n from 10,000 to 1,000,000 rows (${factor(law)})`,
      measured: factor(grown),
      met: grown <= law,
    },
  ];
}

function walkingGoals({ walking }: Results): Goal[] {
  return [...new Set(walking.map(({ rows }) => rows))].flatMap((size) => {
    const walked = (engine: EngineName) =>
      walking.find((row) => row.rows === size && row.engine === engine && row.threads === 1)?.walked;
    const ours = walked('hearth');
    if (!ours) return [];
    const forest = `the forest of ${sizeOf(size)}`;
    const found: Goal[] = [];
    const theirs = peers.flatMap((peer) => walked(peer) ?? []);
    if (theirs.length === peers.length) {
      const fastest = Math.min(...theirs.map(({ batch }) => median(batch)));
      const times = fastest / median(ours.batch);
      found.push({
        goal: `${forest}: on one thread at least 3 times the rows/s of the faster of ranger and scikit-learn`,
        measured: `${factor(times)}, ${Math.round(walkedRows / median(ours.batch)).toLocaleString('en')} rows/s`,
        met: times >= 3,
      });
    }
    const onnxruntime = walked('onnxruntime');
    if (onnxruntime) {
      const [mine, its] = [median(ours.one) * 1e6, median(onnxruntime.one) * 1e6];
      found.push({
        goal: `${forest}: one row in less time than onnxruntime takes`,
        measured: `${mine.toFixed(1)} µs, onnxruntime ${its.toFixed(1)} µs`,
        met: mine < its,
      });
    }
    return found;
  });
}

function answeringGoals({ answering }: Results): Goal[] {
  if (answering.length === 0) return [];
  const most = (of: (row: Results['answering'][number]) => number) => Math.max(...answering.map(of));
  const answered = most(({ one, batch }) => Math.max(one, batch));
  const explained = most((row) => row.explained);
  return [
    {
      goal: 'the model in production: at most 5 µs of CPU time per row, with the interval',
      measured: `${answered.toFixed(1)} µs`,
      met: answered <= 5,
    },
    {
      goal: 'the model in production: contributions of a row in less than 1 ms',
      measured: `${(explained / 1000).toFixed(2)} ms`,
      met: explained < 1000,
    },
  ];
}
