/** For a label inside a sentence: "Age" becomes "age"; "ST slope" stays. */
export const midSentence = (label: string) =>
  label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());

/** For an outcome at the start of a sentence: "heart disease" becomes "Heart disease". */
export const sentenceStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
