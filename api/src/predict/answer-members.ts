import { intervalLevel, type Manifest, mainOutput, type OutputNames, type Readings } from '@hearth/artifact';

/** Returns a function that writes the members of an answer's intervals. */
export function intervalWriter({ interval }: Manifest): (readings: Readings, i: number) => string {
  const beforeLow = `,"interval":{"level":${intervalLevel},"low":`;
  const end = interval?.probability ? ',"of":"probability"}' : '}';
  if (!interval?.outcome)
    return ({ low, high }, i) => (low && high ? `${beforeLow}${low[i]},"high":${high[i]}${end}` : '');
  const beforeMean = `,"of":"outcome"},"mean":{"level":${intervalLevel},"low":`;
  return ({ low = [], high = [], meanLow = [], meanHigh = [] }, i) =>
    `${beforeLow}${low[i]},"high":${high[i]}${beforeMean}${meanLow[i]},"high":${meanHigh[i]}}`;
}

/** Returns a function that writes the members of an answer with several outputs. */
export function severalWriter(
  { field, names }: OutputNames,
  { predictionSet }: Manifest,
): (readings: Readings, i: number) => string {
  const before = names.map((name, k) => `${k > 0 ? ',' : ''}${JSON.stringify(name)}:`);
  const classes =
    field === 'probabilities' ? names.map((name) => `","class":${JSON.stringify(name)}`) : undefined;
  const writeSet = predictionSet ? setWriter(names) : () => '';
  return ({ outputs = [], sets }, i) => {
    const at = i * names.length;
    let json = classes ? classes[mainOutput({ field, names }, outputs, at)] : '"';
    json += `,"${field}":{`;
    for (let k = 0; k < before.length; k++) json += before[k] + outputs[at + k];
    return `${json}}${writeSet(sets, at)}`;
  };
}

/** Returns a function that writes the member of a prediction set, which begins at `at`. */
function setWriter(names: readonly string[]): (sets: Readings['sets'], at: number) => string {
  const quoted = names.map((name) => JSON.stringify(name));
  const before = `,"set":{"level":${intervalLevel},"classes":[`;
  return (sets = noSets, at) => {
    let classes = '';
    for (let k = 0; k < quoted.length; k++)
      if (sets[at + k] === 1) classes += (classes === '' ? '' : ',') + quoted[k];
    return `${before}${classes}]}`;
  };
}

const noSets = new Uint8Array(0);
