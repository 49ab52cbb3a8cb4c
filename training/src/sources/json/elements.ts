const quote = 34;
const backslash = 92;
const comma = 44;

/** The texts of the elements of a JSON array, which comes in pieces: one list for each piece. What is in them is not checked. */
export async function* elementsOf(texts: AsyncIterable<string>): AsyncGenerator<string[], void> {
  let rest = '';
  let depth = 0;
  let isInString = false;
  let at = 0;
  for await (const text of texts) {
    rest += text;
    const elements: string[] = [];
    let start = 0;
    for (; at < rest.length; at++) {
      const code = rest.charCodeAt(at);
      if (isInString) {
        if (code === backslash) at++;
        else if (code === quote) isInString = false;
      } else if (code === quote) isInString = true;
      else if (code === 91 || code === 123) {
        if (depth++ === 0) start = at + 1;
      } else if (code === 93 || code === 125) {
        if (--depth !== 0) continue;
        const last = rest.slice(start, at);
        if (last.trim() !== '' || elements.length > 0) elements.push(last);
        start = at + 1;
      } else if (code === comma && depth === 1) {
        elements.push(rest.slice(start, at));
        start = at + 1;
      }
    }
    rest = rest.slice(start);
    at -= start;
    if (elements.length > 0) yield elements;
  }
  if (depth > 0) throw new SyntaxError('the file ends within the array');
  if (rest.trim() !== '') throw new SyntaxError('there is text after the array');
}
