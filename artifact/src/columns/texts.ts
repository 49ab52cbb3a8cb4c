import * as v from 'valibot';

/** The languages of all texts of a model (BCP 47). */
export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** One text; one of the languages is enough, and is then shown for both. */
export const Texts = v.pipe(
  v.strictObject({ en: v.optional(v.string()), 'pt-BR': v.optional(v.string()) }),
  v.minEntries(1, 'a text has "en", "pt-BR" or both'),
);
export type Texts = v.InferOutput<typeof Texts>;

/** The text in this language, else in the other; empty if there is none. */
export function textIn(texts: Texts | undefined, language: Language): string {
  const other = language === 'en' ? 'pt-BR' : 'en';
  return texts?.[language] || texts?.[other] || '';
}

/** The text for documents in English. */
export const english = (texts: Texts | undefined): string => textIn(texts, 'en');

/** The label of a column; without one, its name. */
export const labelOf = ({ name, label }: { name: string; label?: Texts }): Texts => label ?? { en: name };

/** The texts about a model: members of its data package and of its manifest, each written as `text`. */
export function modelTexts<T extends v.GenericSchema<unknown, Texts>>(text: T) {
  const optional = v.optional(text);
  return {
    title: optional,
    /** The event or the quantity that is predicted, as it reads after "probability of" or "expected". */
    outcome: optional,
    /** How and when the outcome was determined. */
    outcomeDefinition: optional,
    /** What a row is about, in the plural: "patients", "cars". */
    cases: optional,
    /** The people or things in the training rows. */
    population: optional,
    /** When the training rows were collected. */
    dates: optional,
    intendedUse: optional,
    notIntendedUse: optional,
    /** Limits of the predictions, one statement each. */
    limits: v.optional(v.array(text)),
    groups: v.optional(v.array(v.strictObject({ name: v.string(), label: optional }))),
    /** What reviewers ask for (TRIPOD+AI, PROBAST) and no table can tell. */
    reporting: v.optional(
      v.strictObject({
        context: optional,
        fairness: optional,
        setting: optional,
        eligibility: optional,
        treatments: optional,
        outcomeAssessment: optional,
        predictorAssessment: optional,
        availability: optional,
        horizon: optional,
        sampleSize: optional,
        users: optional,
        ethics: optional,
        funding: optional,
        conflicts: optional,
        protocol: optional,
        registration: optional,
        involvement: optional,
      }),
    ),
  };
}
