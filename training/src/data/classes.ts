/** The two values of a target of two classes, as texts. */
export interface TwoClasses {
  negative: string;
  /** The value whose probability is predicted. */
  positive: string;
  /** Why it is this one. */
  why: string;
}

/** Words for the event, in English and Portuguese; lower case. */
const positiveWords = new Set([
  ...['yes', 'y', 'true', 't', '1', 'positive', 'pos', 'present', '+'],
  ...['sim', 's', 'verdadeiro', 'v', 'positivo', 'positiva', 'presente'],
]);

/**
 * Which of two values is predicted.
 * @param counts both values with their rows
 * @param wanted one of them, if it is declared
 */
export function twoClasses(counts: ReadonlyMap<string, number>, wanted?: string): TwoClasses {
  const values = [...counts.keys()];
  const named = values.filter((value) => positiveWords.has(value.toLowerCase()));
  const rows = (value: string) => counts.get(value) as number;
  const [rarer] = values.toSorted((a, b) => rows(a) - rows(b) || (a < b ? 1 : -1));
  const isCoded = values.length === 2 && values.includes('1') && values.includes('2');
  const [positive, why] =
    wanted !== undefined
      ? [wanted, 'as you say']
      : isCoded
        ? ['2', 'by the convention of codes 1 and 2; --positive 1 predicts the other']
        : named.length === 1
          ? [named[0], 'by its name']
          : [rarer, 'the rarer value'];
  return { positive, negative: values.find((value) => value !== positive) as string, why };
}
