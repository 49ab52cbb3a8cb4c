import { ImportFault, type Reader } from './imported.ts';

/** Files that people try, and that are never read: they would have to be executed, or do not hold enough. */
const foreign: readonly [
  format: string,
  starts: readonly string[],
  ending: RegExp | undefined,
  advice: string,
][] = [
  [
    'a Python pickle',
    ['\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'],
    /\.(pkl|pickle|joblib)(\.\w+)?$/i,
    'is a Python pickle, which hearth never reads: reading one executes what is in it. Save the model in its own format (save_model of XGBoost, LightGBM and CatBoost); for scikit-learn print the script that writes it: hearth import --script python',
  ],
  [
    'an R data file',
    ['RDX', 'X\n\0', 'A\n'],
    /\.(rds|rdata|rda)$/i,
    'is an R data file, which hearth never reads. Print the script that writes the model in R: hearth import --script r',
  ],
];

export const foreignReaders: readonly Reader[] = foreign.map(([format, starts, ending, advice]) => ({
  format,
  recognises(bytes, name) {
    const head = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
    return starts.some((start) => head.startsWith(start)) || ending?.test(name) === true;
  },
  read() {
    throw new ImportFault(advice);
  },
}));
