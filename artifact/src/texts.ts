import * as v from 'valibot';

/** The languages that every text of a model comes in (BCP 47). */
export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** One text in every language. */
export const Texts = v.strictObject({ en: v.string(), 'pt-BR': v.string() });
export type Texts = v.InferOutput<typeof Texts>;
