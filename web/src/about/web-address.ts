/** An address that the page may link to: a model's description comes from elsewhere, and could name `javascript:` or `data:`. */
export const webAddress = (text: string | undefined): string | undefined =>
  text !== undefined && /^https?:\/\//i.test(text) ? text : undefined;
