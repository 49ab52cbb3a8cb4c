import type { ModelDescription, Prediction, Row } from '@hearth/artifact';
import { Trouble } from './trouble.ts';

/** A chance in 0..1 with what came along; warnings in the words of the API. */
export type Answer = Prediction;

const base = (import.meta.env.VITE_API_URL ?? '').replace(/\/$/, '');

/** An answer that takes longer will not come; the next attempt may reach an instance that lives. */
const patience = 8_000;

export const fetchModel = () => ask<ModelDescription>('/model');

export const predict = (row: Row) => ask<Answer>('/predict', row);

/** One chance per row, in the order of the rows. */
export async function predictAll(rows: readonly Row[]): Promise<number[]> {
  const { predictions } = await ask<{ predictions: { probability: number }[] }>('/predict', rows);
  return predictions.map(({ probability }) => probability);
}

async function ask<Reply>(path: string, body?: unknown): Promise<Reply> {
  const request: RequestInit = { signal: AbortSignal.timeout(patience), cache: 'no-cache' };
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
    throw cause instanceof Trouble ? cause : new Trouble('unreachable', [], { cause });
  }
}
