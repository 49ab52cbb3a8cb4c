/** What can be wrong with an artifact; each is one check of the reader. */
export type Check =
  | 'missing' // a file is not there
  | 'size' // a file is larger or smaller than it may be
  | 'format' // written by a newer version of Hearth
  | 'manifest' // model.json is not what a manifest must be
  | 'trees' // forest.safetensors is not what it must be
  | 'bounds' // an index points outside its array
  | 'cycle' // a tree does not end
  | 'finite' // a number is NaN or infinite
  | 'hash' // the content is not the one its name or manifest says
  | 'golden'; // a golden row does not come out

/** An artifact that must not serve. The message names the check, what is wrong and where. */
export class ArtifactError extends Error {
  override name = 'ArtifactError';
  readonly check: Check;

  constructor(check: Check, detail: string, options?: ErrorOptions) {
    super(`${check} check: ${detail}`, options);
    this.check = check;
  }
}
