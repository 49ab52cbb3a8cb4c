import training from '../../package.json' with { type: 'json' };

/** The version of this package, which is also that of its learners. */
export const engineVersion: string = training.version;
