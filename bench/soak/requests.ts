import { generator, rows } from './good-models.ts';

/** One request: which of `rows`, as a batch or a single row, and on which connection. */
export interface Request {
  indices: readonly number[];
  body: string;
  isBatch: boolean;
  /** On a new connection, like a client without keep-alive. */
  fresh: boolean;
}

const batchSize = 50;

/** A fixed mix: 80 % single rows, 10 % batches, and 10 % single rows on new connections. */
export const requests: readonly Request[] = Array.from({ length: 1000 }, (_, i) => {
  const random = generator(i);
  const isBatch = i % 10 === 0;
  const indices = Array.from({ length: isBatch ? batchSize : 1 }, () => Math.floor(random() * rows.length));
  const asked = indices.map((index) => rows[index]);
  return { indices, body: JSON.stringify(isBatch ? asked : asked[0]), isBatch, fresh: i % 10 === 5 };
});
