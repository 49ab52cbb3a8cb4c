/** An address that is safe to link to: a model's description is not trusted, and could contain `javascript:` or `data:`. */
export const webAddress = (text: string | undefined): string | undefined =>
  text !== undefined && /^https?:\/\//i.test(text) ? text : undefined;
