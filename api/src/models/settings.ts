/** How many models are kept in memory besides the default one, and for how long. */
export interface ModelsSettings {
  /** The most models and versions; 0: the default model alone answers. */
  most: number;
  /** Seconds without a request after which one is dropped. */
  idleSeconds: number;
}

export const modelsDefaults: ModelsSettings = { most: 20, idleSeconds: 900 };
