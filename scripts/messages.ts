import { parseAst } from 'vitest/node';

interface Node {
  type: string;
  start: number;
  end: number;
  // biome-ignore lint/suspicious/noExplicitAny: the members of a node depend on its type
  [member: string]: any;
}

/**
 * Every text of a source in TypeScript that has at least two words, in order. A message cannot be missed, however it is made.
 * Values are shown as ‹expression›, alternatives as ‹one | other›.
 */
export function textsOf(source: string, lang: 'ts' | 'tsx' = 'ts'): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (notShown.test(node.type) && !node.declaration) return;
    if (node.type === 'JSXAttribute' && node.name.name === 'class') return;
    const text = textOf(node, source);
    if (text !== undefined && isProse(text))
      found.push(text.replace(markup, ' ').replace(/\s+/g, ' ').trim());
    else for (const child of childrenOf(node)) visit(child);
    if (text?.includes('‹…›')) for (const { hidden } of partsOf(node, source)) if (hidden) visit(hidden);
  };
  visit(parseAst(source, { lang }) as unknown as Node);
  return [...new Set(found)];
}

/** The texts of an object of messages, by their paths of keys; those of another object that is spread into it are not among them. */
export function entriesOf(source: string, variable: string): Map<string, string> {
  const entries = new Map<string, string>();
  const walk = (node: Node, path: string): void => {
    const value = node.type.startsWith('TS') ? node.expression : node;
    if (value.type === 'ObjectExpression')
      for (const { key, value: member } of value.properties.filter(({ type }: Node) => type === 'Property'))
        walk(member, [path, key.name ?? key.value].filter(Boolean).join('.'));
    else entries.set(path, shown(value.type === 'ArrowFunctionExpression' ? value.body : value, source));
  };
  const find = (node: Node): void => {
    if (node.type === 'VariableDeclarator' && node.id.name === variable) walk(node.init, '');
    else for (const child of childrenOf(node)) find(child);
  };
  find(parseAst(source, { lang: 'ts' }) as unknown as Node);
  return entries;
}

interface Part {
  text: string;
  /** An expression that is too long to show. */
  hidden?: Node;
}

const textOf = (node: Node, source: string): string | undefined => {
  const parts = partsOf(node, source);
  return parts.length > 0 ? parts.map(({ text }) => text).join('') : undefined;
};

/** The parts of a text; none where the node is not a text. */
function partsOf(node: Node, source: string): Part[] {
  if (node.type === 'Literal' && typeof node.value === 'string') return [{ text: node.value }];
  if (node.type === 'JSXText') return [{ text: node.value }];
  if (node.type === 'TemplateLiteral')
    return node.quasis.flatMap((quasi: Node, i: number) => [
      { text: quasi.value.cooked },
      ...(i < node.expressions.length ? [placeholder(node.expressions[i], source)] : []),
    ]);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return [];
  const [left, right] = [node.left, node.right].map((side) => partsOf(side, source));
  if (left.length + right.length === 0) return [];
  return [
    ...(left.length > 0 ? left : [placeholder(node.left, source)]),
    ...(right.length > 0 ? right : [placeholder(node.right, source)]),
  ];
}

function placeholder(node: Node, source: string): Part {
  const text = shown(node, source).replace(/^‹|›$/g, '');
  return text.length > 60 && node.type !== 'ConditionalExpression'
    ? { text: '‹…›', hidden: node }
    : { text: `‹${text}›` };
}

function shown(node: Node, source: string): string {
  if (node.type === 'ConditionalExpression')
    return `‹${shown(node.consequent, source)} | ${shown(node.alternate, source)}›`;
  return textOf(node, source) ?? `‹${source.slice(node.start, node.end).replace(/\s+/g, ' ')}›`;
}

const notShown = /^(TSLiteralType|ImportDeclaration|Export(All|Named)Declaration)$/;
const markup = /<\/?[a-z][^>]*[/"a-z]>/g;

/** Two words or more, one of them not a value. Of headers and styles only names are like words. */
function isProse(text: string): boolean {
  if (/^[\w-]+\/[\w.+-]+;|^(?:[\w-]+=|public,|default-src|translate|PRAGMA|width=|rate|\.)/.test(text))
    return false;
  const plain = text.replace(markup, ' ').replace(/‹[^›]*›/g, '‹›');
  return /\p{L}{2}/u.test(plain) && /(\p{L}{2}|›)[^\s\p{L}‹›]* [^\s\p{L}‹›]*(\p{L}{2}|‹|a )/u.test(plain);
}

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter((child) => typeof child?.type === 'string');

/** The texts that a shell script prints. Values are shown as ‹name›, the output of commands as ‹…›. */
export function shellTextsOf(script: string): string[] {
  const plain = script
    .replace(/(^|\s)#\s.*$/gm, '')
    .replace(/\$\((?:[^()]|\$\([^()]*\))*\)/g, '‹…›')
    .replace(/\$\(\([^()]*\)\)/g, '‹…›')
    .replace(/\$\{#?(\w+)[^}]*\}|\$(\w+)/g, (_, braced, bare) => `‹${braced ?? bare}›`);
  return [
    ...plain.matchAll(
      /\b(?:(?:say|fail|tell_failure|usage|echo|printf) +|\w+=)("(?:\\.|[^"\\\n])*"|'[^'\n]*')/g,
    ),
  ]
    .map(([, quoted]) => quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll('\\n', '').trim())
    .filter(isProse);
}

/** The comment at the top of a shell script, which `--help` prints. */
export const shellHelpOf = (script: string): string =>
  (/^#!.*\n((?:#.*\n)+)/.exec(script)?.[1] ?? '').replace(/^# shellcheck.*\n|^# ?/gm, '').trimEnd();
