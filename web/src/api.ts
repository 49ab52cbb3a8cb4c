import type { ModelDescription, Prediction, Row, TargetKind } from '@hearth/artifact';
import { Trouble } from './trouble.ts';

/** The number of an answer by what it is called, and the interval around it. */
export type BatchAnswer = Pick<Prediction, 'interval'> & Partial<Record<TargetKind['field'], number>>;

/** The answer to one row with what came along; warnings in the words of the API. */
export type ShownPrediction = BatchAnswer &
  Omit<Prediction, keyof BatchAnswer> & {
    /** How many columns of the row were given. */
    given: number;
  };

const base = (import.meta.env.VITE_API_URL ?? '').replace(/\/$/, '');

/** An answer that takes longer will not come; the next attempt may reach an instance that lives. */
const patience = 8_000;

export const fetchModel = () => ask<ModelDescription>('/model');

/** The answer to one row, with what moved it. */
export async function predict(row: Row): Promise<ShownPrediction> {
  const answer = await ask<Omit<ShownPrediction, 'given'>>('/predict?explain=true', row);
  return { ...answer, given: Object.keys(row).length };
}

/** One answer per row, in the order of the rows. */
export async function predictAll(rows: readonly Row[]): Promise<BatchAnswer[]> {
  return (await ask<{ predictions: BatchAnswer[] }>('/predict', rows)).predictions;
}

/** Asks the API; without a body it is a GET. @throws Trouble */
export async function ask<Reply>(path: string, body?: unknown): Promise<Reply> {
  const request: RequestInit = { signal: AbortSignal.timeout(patience) };
  if (body !== undefined) {
    Object.assign(request, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
  try {
    const response = await fetch(base + path, request);
    const reply = await response.json();
    if (response.ok) return reply;
    throw Trouble.fromProblem(response.status, reply);
  } catch (cause) {
    throw cause instanceof Trouble
      ? cause
      : new Trouble(navigator.onLine ? 'unreachable' : 'offline', [], { cause });
  }
}
