import { printable } from './printable.ts';

/** What can be wrong with an artifact; each is one check of the reader. */
export type Check =
  | 'missing' // a file is not there
  | 'file' // it is there, and is a link, a pipe or anything else but a plain file
  | 'size' // something is larger, smaller or deeper than it may be
  | 'format' // written by a newer version of Hearth
  | 'manifest' // model.json is not what a manifest must be
  | 'column' // no request could be checked against a column, or no page show it
  | 'trees' // a trees file is not what it must be
  | 'bounds' // an index points outside its array
  | 'cycle' // a tree does not end
  | 'finite' // a number is NaN or infinite
  | 'range' // some row would get an answer that is no chance, or not finite
  | 'hash' // the content is not the one its name or manifest says
  | 'golden'; // a golden row does not come out

/**
 * An artifact that must not serve. The message names the check, what is wrong and where. It may quote the artifact, so it is kept
 * short and free of control characters: it goes to logs and terminals.
 */
export class ArtifactError extends Error {
  override name = 'ArtifactError';
  readonly check: Check;

  constructor(check: Check, detail: string, options?: ErrorOptions) {
    super(`${check} check: ${printable(detail, 400)}`, options);
    this.check = check;
  }
}
