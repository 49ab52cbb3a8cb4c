import type { Schema } from './columns.ts';
import { anyRefusal, problemResponse } from './responses.ts';
import { refTo } from './schemas.ts';

interface Reading {
  tag: 'predictions' | 'model' | 'operations' | 'documentation' | 'v2' | 'sagemaker' | 'models';
  operationId: string;
  summary: string;
  /** What the summary does not say. */
  description?: string;
  /** By media type; absent if the response has no body. */
  content?: Schema;
  /** Other responses, by status; problems by default. */
  otherwise?: Schema;
}

const problems = { '4XX': anyRefusal, 503: problemResponse(503) };

/** A path with GET only. */
export const get = ({
  tag,
  operationId,
  summary,
  description = `${summary}.`,
  content,
  otherwise = problems,
}: Reading): Schema => ({
  get: {
    operationId,
    summary,
    description,
    tags: [tag],
    responses: { 200: { description: 'Success.', ...(content && { content }) }, ...otherwise },
  },
});

export const jsonOf = (name: string): Schema => ({ 'application/json': { schema: refTo(name) } });
export const textOf = (type: string): Schema => ({ [type]: { schema: { type: 'string' } } });
/** One part of each format, by media type. */
export const contentOf = <Format>(formats: Record<string, Format>, of: (format: Format) => Schema): Schema =>
  Object.fromEntries(Object.entries(formats).map(([type, format]) => [type, of(format)]));

/** A parameter in the path. */
export const inPath = (name: string, example: string, description: string): Schema => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});
