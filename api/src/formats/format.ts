import type { Schema, Value } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import type { LineAnswers } from './line-answers.ts';
import type { MediaType, mediaTypes } from './media-types.ts';

type ExampleRow = Record<string, Value>;

/** Rows that the model answers: one with all columns, and one with no more than has to be known. */
export interface ExampleRows {
  row: ExampleRow;
  least: ExampleRow;
}

/** A request that works, as `/docs` shows it. */
export interface ExampleRequest {
  title: string;
  about: string;
  query?: '?explain=true';
  body: string;
}

interface Described {
  /** The `content-type` of answers that are written in it. */
  contentType: string;
  examples(rows: ExampleRows): ExampleRequest[];
  /** What is sent, as OpenAPI has it: the schema and an example. */
  request(rows: ExampleRows): Schema;
  /** What is answered, as OpenAPI has it. */
  response: Schema;
}

/** A format whose bodies are read whole, within `bodyBytes`. */
export interface WholeFormat extends Described {
  /**
   * @param body undefined where there is none
   * @throws Problem for what cannot be read or is no row
   */
  answer(
    answerer: Answerer,
    body: Buffer | undefined,
    question: Question,
    limits: Limits,
  ): string | Promise<Buffer>;
}

/** A format whose bodies are read line by line, and may be of any length. */
export interface LineFormat extends Described {
  /** What it can be answered in: the first, unless `Accept` prefers another. */
  answeredIn: readonly MediaType[];
  /** @param output one of `answeredIn` */
  answerLines(answerer: Answerer, question: Question, output: MediaType, limits: Limits): LineAnswers;
}

export type WireFormat = WholeFormat | LineFormat;

/** Every media type with its format. */
export type WireFormats = {
  [Type in MediaType]: (typeof mediaTypes)[Type] extends 'whole' ? WholeFormat : LineFormat;
};
