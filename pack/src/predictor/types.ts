/** A value of a row. Values are not converted: "54" is not 54. A date or time is a text of ISO 8601. */
export type Value = string | number | boolean | null;

/** A row: the values of the columns that are known. */
export type Row = { readonly [column: string]: Value | undefined };

/** What a value is known to lie in, with the probability `level`. */
export interface Interval {
  level: number;
  low: number;
  high: number;
  /** Of what: the outcome, the probability; absent: the answer that the row would get if every column were known. */
  of?: 'outcome' | 'probability';
}

/** A fault or a warning of a row; it never quotes a value. */
export interface Remark {
  /** JSON pointer to the value, such as /age; in a list of rows /0/age. */
  pointer: string;
  detail: string;
}

/** What each column added to the score: base and values add up to it. */
export interface Contributions {
  scale: 'log-odds' | 'chance' | 'value' | 'log';
  /** The class or quantile that is explained, where there are several. */
  of?: string;
  base: number;
  values: { [column: string]: number };
}

/** The answer to a row, as `POST /predict` gives it. `hearth types` writes which members a model has. */
export interface Answer {
  /** Of a target with the values 0 and 1: the probability of 1. */
  probability?: number;
  /** Of a number or a count: what is expected. */
  value?: number;
  /** Of several classes: the most probable one, and the probability of each. */
  class?: string;
  probabilities?: { [value: string]: number };
  /** Of quantiles: each, by its probability. */
  quantiles?: { [probability: string]: number };
  /** The classes that hold the true one with the probability `level`. */
  set?: { level: number; classes: string[] };
  interval?: Interval;
  /** Beside the interval of an outcome, that of the answer. */
  mean?: Interval;
  /** What a person should know about the answer, such as a value beyond those of the training. */
  warnings?: Remark[];
  /** Only of `decide`. */
  decision?: { threshold: number; positive: boolean; label?: string };
  /** Only of `explain`. */
  contributions?: Contributions;
  model: { name: string; version: string };
}

/** The rows and answers of a model; `hearth types` writes those of yours. */
export interface Shape {
  row: object;
  answer: object;
}

/** A version of a model that has passed every check. */
export interface Predictor<M extends Shape = { row: Row; answer: Answer }> {
  readonly name: string;
  readonly version: string;
  /** The answers to rows, bit for bit those of the API. @throws RowError for a row with a fault */
  predict(row: M['row']): M['answer'];
  predict(rows: readonly M['row'][]): M['answer'][];
  /** As `predict`, with what the answer decides by the threshold of the model. @throws Error if it declares none */
  decide(row: M['row']): M['answer'] & Required<Pick<Answer, 'decision'>>;
  /** As `predict`, with the contributions of the columns: to the class `of`, or to the answer that matters most. */
  explain(row: M['row'], of?: string): Promise<M['answer'] & Required<Pick<Answer, 'contributions'>>>;
}

/** The files of a version as bytes, by their names; `spread.safetensors` where there is one. */
export interface Files {
  'model.json': Uint8Array;
  'forest.safetensors': Uint8Array;
  'spread.safetensors'?: Uint8Array;
}

export interface LoadOptions {
  /** The name of the version, where its address or folder has another one. */
  version?: string;
  /** Gets files over HTTP; the `fetch` of the platform by default. */
  fetch?: (url: URL) => Promise<Response>;
}
