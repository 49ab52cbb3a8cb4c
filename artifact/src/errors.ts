import { printable } from './printable.ts';

/** The checks of a reader; the comments say when each fails. */
export type Check =
  | 'missing' // a file does not exist
  | 'file' // it is a link, a pipe or another special file
  | 'size' // something is too large, too small or too deeply nested
  | 'format' // written by a newer version of Hearth
  | 'manifest' // model.json is not a valid manifest
  | 'column' // the page cannot show a column, or requests cannot be checked against it
  | 'trees' // a trees file is not valid
  | 'bounds' // an index is outside its array
  | 'cycle' // a walk through a tree would not end
  | 'finite' // a number is NaN or infinite
  | 'range' // an answer could be outside the range of the target, or not finite
  | 'evaluation' // the file of an evaluation made after publishing is not valid
  | 'hash' // the content does not match its name or manifest
  | 'golden'; // the answer to a golden row differs from the writer's

/**
 * An artifact that must not serve. The message names the check, the fault and its place. It can quote the artifact, and it goes to
 * logs and terminals, so it is short and has no control characters.
 */
export class ArtifactError extends Error {
  override name = 'ArtifactError';
  readonly check: Check;

  constructor(check: Check, detail: string, options?: ErrorOptions) {
    super(`${check} check: ${printable(detail, 400)}`, options);
    this.check = check;
  }
}
