import { Problem } from './problem.ts';

/** One alternative of a header such as `Accept`, in lower case. */
interface Alternative {
  value: string;
  /** Without `q`. */
  parameters: [name: string, value: string][];
  /** From 0, refused, to 1. */
  q: number;
}

type Negotiate = (header: string | undefined, offers: readonly string[]) => string | undefined;

/**
 * The offered media type that `Accept` prefers, the first of equals; undefined if it refuses all of them (RFC 9110, section 12.5.1). A
 * parameter that an offer does not have is ignored, but every offer is in UTF-8.
 */
export const acceptedType = remember((header, offers) => {
  const ranges = alternativesOf(header).filter(({ value }) => /^\*$|\//.test(value));
  if (ranges.length === 0) return offers[0]; // an empty or malformed header says nothing
  return best(offers, (offer) => {
    const [{ value: type, parameters }] = alternativesOf(offer);
    const own = new Map([['charset', 'utf-8'], ...parameters]);
    const fits = (range: Alternative): boolean =>
      range.parameters.every(([name, value]) => (own.get(name) ?? value) === value);
    // the most specific range decides
    const [range] = [type, `${type.split('/')[0]}/*`, '*/*', '*']
      .flatMap((value) => ranges.filter((each) => each.value === value && fits(each)))
      .sort((a, b) => specificity(b) - specificity(a));
    return range?.q ?? 0;
  });
});

/** The offered coding that `Accept-Encoding` prefers; undefined for none, which is always possible (RFC 9110, section 12.5.3). */
export const acceptedCoding = remember((header, offers) => {
  const codings = alternativesOf(header);
  const qOf = (coding: string): number | undefined => codings.find(({ value }) => value === coding)?.q;
  const identity = qOf('identity') ?? 0;
  return best(offers, (offer) => {
    const q = qOf(offer) ?? qOf(offer === 'gzip' ? 'x-gzip' : '') ?? qOf('*') ?? 0;
    return q >= identity ? q : 0;
  });
});

/** The media type of the answer. @throws Problem NOT_ACCEPTABLE */
export function answerType<Type extends string>(
  accept: string | undefined,
  types: readonly [Type, ...Type[]],
): Type {
  if (accept === undefined || accept === '*/*' || accept === types[0]) return types[0];
  const type = acceptedType(accept, types) as Type | undefined;
  if (type === undefined) throw new Problem('NOT_ACCEPTABLE', `the answer is ${types.join(' or ')}`);
  return type;
}

/** More than any client sends. */
const mostAlternatives = 100;

function alternativesOf(header: string): Alternative[] {
  const texts = header.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
  return texts.slice(0, mostAlternatives).map((text) => {
    const [value, ...rest] = (text.match(/(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g) ?? ['']).map((part) =>
      part.trim(),
    );
    const parameters = rest.flatMap((part): [string, string][] => {
      const [, name, given] = /^([^=\s]+)\s*=\s*(.*)$/s.exec(part.toLowerCase()) ?? [];
      return name === undefined ? [] : [[name, unquoted(given)]];
    });
    const weight = parameters.findIndex(([name]) => name === 'q'); // what follows are extensions, which nobody uses
    return {
      value: value.toLowerCase(),
      parameters: weight < 0 ? parameters : parameters.slice(0, weight),
      q: weight < 0 ? 1 : weightOf(parameters[weight][1]),
    };
  });
}

/** Java writes `q=.2`. */
const weightOf = (text: string): number =>
  /^(0?\.\d{1,3}|0\.?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 1;

const unquoted = (text: string): string => {
  const plain = text.startsWith('"') ? text.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : text;
  return /^(utf8|us-ascii)$/.test(plain) ? 'utf-8' : plain;
};

const specificity = ({ value, parameters }: Alternative): number =>
  value.startsWith('*') ? 0 : value.endsWith('/*') ? 1 : 2 + parameters.length;

function best(offers: readonly string[], qOf: (offer: string) => number): string | undefined {
  let found: string | undefined;
  let most = 0;
  for (const offer of offers) {
    const q = qOf(offer);
    if (q <= most) continue;
    most = q;
    found = offer;
  }
  return found;
}

/** How many headers are kept with their answer; clients send few different ones. */
const mostKept = 200;

function remember(negotiate: (header: string, offers: readonly string[]) => string | undefined): Negotiate {
  const kept = new Map<string, string | undefined>();
  return (header, offers) => {
    if (header === undefined) return undefined;
    const key = `${header}\n${offers}`;
    if (kept.has(key)) return kept.get(key);
    const answer = negotiate(header, offers);
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, answer);
    return answer;
  };
}
