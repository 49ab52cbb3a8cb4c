import * as v from 'valibot';
import { ArtifactError, type Check } from '../errors.ts';

/**
 * Checks what a file holds against its schema.
 * @param newest the newest format that this code reads
 * @throws ArtifactError 'format' if it is newer, `check` with the first fault
 */
export function checkVersioned<S extends v.GenericSchema>(
  json: unknown,
  schema: S,
  { file, check, newest }: { file: string; check: Check; newest: number },
): v.InferOutput<S> {
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > newest) {
    throw new ArtifactError('format', `${file} has format ${format}; this Hearth reads up to ${newest}`);
  }
  // the first fault is enough: a hostile file could have millions
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ArtifactError(check, `${file}, ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
}
