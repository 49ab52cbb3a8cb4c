import training from '../../package.json' with { type: 'json' };

/** Version of this package, which is the version of its learners. */
export const engineVersion: string = training.version;
