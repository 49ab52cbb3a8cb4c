import type { Schema, Value } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import type { LineAnswers } from './line-answers.ts';
import type { MediaType, mediaTypes } from './media-types.ts';

type ExampleRow = Record<string, Value>;

/** Valid rows: one with all columns, and one with the required columns only. */
export interface ExampleRows {
  row: ExampleRow;
  least: ExampleRow;
}

/** An example request on `/docs`. */
export interface ExampleRequest {
  title: string;
  about: string;
  query?: '?explain=true';
  body: string;
}

interface Described {
  /** The `content-type` of answers in this format. */
  contentType: string;
  /** The media types of the answer; the first is the default. */
  answeredIn: readonly MediaType[];
  examples(rows: ExampleRows): ExampleRequest[];
  /** The request body in OpenAPI: its schema and an example. */
  request(rows: ExampleRows): Schema;
  /** The answer in OpenAPI. */
  response: Schema;
}

/** A format whose bodies are read whole; they have at most `bodyBytes`. */
export interface WholeFormat extends Described {
  /**
   * @param body undefined if the request has none
   * @param output one of `answeredIn`
   * @throws Problem for a body that cannot be parsed, or a row with a fault
   */
  answer(
    answerer: Answerer,
    body: Buffer | undefined,
    question: Question,
    limits: Limits,
    output: MediaType,
  ): string | Promise<Buffer>;
}

/** A format whose bodies are read line by line, and may be of any length. */
export interface LineFormat extends Described {
  /** @param output one of `answeredIn` */
  answerLines(answerer: Answerer, question: Question, output: MediaType, limits: Limits): LineAnswers;
}

export type WireFormat = WholeFormat | LineFormat;

/** Every media type with its format. */
export type WireFormats = {
  [Type in MediaType]: (typeof mediaTypes)[Type] extends 'whole' ? WholeFormat : LineFormat;
};
