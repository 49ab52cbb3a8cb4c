import { parseAst } from 'vitest/node';
import { callMutations, numberMutations, operatorMutations } from './operators.ts';

/** One change of a source file, which a test should notice. */
export interface Mutant {
  /** The replaced range and its replacement, as shown to people. */
  start: number;
  end: number;
  replacement: string;
  /** The expression or block around it; at run time either this one or `changed` is evaluated. */
  host: { start: number; end: number; isBlock: boolean };
  /** The text of the host with the change. */
  changed: string;
  /** The source line with the change in it, which stays the same when the line moves. */
  name: string;
  line: number;
}

export interface Node {
  type: string;
  start: number;
  end: number;
  // biome-ignore lint/suspicious/noExplicitAny: the members of a node depend on its type
  [member: string]: any;
}

/** All mutants of a TypeScript source, in order. */
export function findMutants(source: string): Mutant[] {
  const found: Omit<Mutant, 'name' | 'line'>[] = [];
  const program = parseAst(source, { lang: 'ts' }) as unknown as Node;

  /** @param instead the new text of all of `within`, if the replacement alone would change how the expression is parsed */
  function add(
    host: Node,
    at: { start: number; end: number },
    replacement: string,
    within: Node = host,
    instead?: string,
  ): void {
    if (source.slice(at.start, at.end) === replacement) return;
    const changed =
      instead === undefined
        ? source.slice(host.start, at.start) + replacement + source.slice(at.end, host.end)
        : source.slice(host.start, within.start) + instead + source.slice(within.end, host.end);
    found.push({
      start: at.start,
      end: at.end,
      replacement,
      changed,
      host: { start: host.start, end: host.end, isBlock: host.type === 'BlockStatement' },
    });
  }
  /** @param chain all of `a?.b.c()`, which cannot be split into hosts */
  function visit(node: Node, parent: Node, chain?: Node): void {
    if (node.type.startsWith('TS') && !hasExpression.has(node.type)) return;
    if (skipped.has(node.type)) return;
    const host = chain ?? node;
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'number')
          for (const text of numberMutations(node.value, isCompared(parent))) add(host, node, text);
        else if (typeof node.value === 'string') add(host, node, node.value === '' ? "'mutant'" : "''");
        else if (typeof node.value === 'boolean') add(host, node, String(!node.value));
        break;
      case 'TemplateLiteral':
        if (parent.type !== 'TaggedTemplateExpression') add(host, node, "''");
        break;
      case 'ArrayExpression':
        if (node.elements.length > 0) add(host, node, '[]');
        break;
      case 'ObjectExpression':
        if (node.properties.length > 0) add(host, node, '({})');
        break;
      case 'BinaryExpression':
      case 'LogicalExpression':
      case 'AssignmentExpression':
        mutateOperator(host, node);
        break;
      case 'UpdateExpression':
        add(
          host,
          node,
          source.slice(node.start, node.end).replace(node.operator, node.operator === '++' ? '--' : '++'),
        );
        break;
      case 'UnaryExpression':
        if (node.operator === '!' || node.operator === '-')
          add(host, { start: node.start, end: node.start + 1 }, '');
        break;
      case 'CallExpression':
        mutateCall(host, node);
        break;
      case 'ArrowFunctionExpression':
        if (node.body.type !== 'BlockStatement') add(node.body, node.body, 'undefined');
        break;
      case 'BlockStatement':
        if (node.body.length > 0) add(node, node, '{}');
        break;
      case 'IfStatement':
      case 'ConditionalExpression':
        for (const text of ['true', 'false']) add(node.test, node.test, text);
        break;
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        if (node.test) add(node.test, node.test, 'false');
        break;
    }
    if (node.optional && chain) {
      const after = node.object ?? node.callee;
      const at = source.indexOf('?.', after.end);
      add(host, { start: at, end: at + 2 }, node.object && !node.computed ? '.' : '');
    }
    for (const [member, child] of Object.entries(node)) {
      if (isName(node, member)) continue;
      const inChain = node.type === 'ChainExpression' ? node : spine.has(member) ? chain : undefined;
      for (const each of [child].flat())
        if (each && typeof each === 'object' && typeof each.type === 'string') visit(each, node, inChain);
    }
  }
  function mutateOperator(host: Node, node: Node): void {
    const at = source.indexOf(node.operator, node.left.end);
    const isText = [node.left, node.right].some(
      ({ type, value }) => type === 'TemplateLiteral' || typeof value === 'string',
    );
    if (!(isText && node.operator.startsWith('+')))
      for (const operator of operatorMutations.get(node.operator) ?? []) {
        const left = source.slice(node.left.start, node.left.end);
        const right = source.slice(node.right.start, node.right.end);
        const isAssignment = node.type === 'AssignmentExpression';
        const changed = isAssignment ? `${left} ${operator} ${right}` : `(${left}) ${operator} (${right})`;
        add(host, { start: at, end: at + node.operator.length }, operator, node, changed);
      }
    if (booleans.has(node.operator)) for (const text of ['true', 'false']) add(host, node, text);
  }
  function mutateCall(host: Node, node: Node): void {
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || callee.computed) return;
    const mutation = callMutations.get(callee.property.name);
    if (mutation === undefined) return;
    if (mutation === '') {
      const { end } = callee.object; // a closing parenthesis after it stays
      const start = end + source.slice(end, callee.property.start).lastIndexOf(')') + 1;
      add(host, { start, end: node.end }, '');
    } else add(host, callee.property, mutation);
  }

  visit(program, program);
  const sorted = found.sort(
    (a, b) => a.start - b.start || a.end - b.end || a.replacement.localeCompare(b.replacement),
  );
  return named(source, distinct(sorted));
}

/** Types of nodes that only give an expression a type. */
const hasExpression = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);
const skipped = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'ImportExpression']);
/** Members that continue a chain. */
const spine = new Set(['object', 'callee', 'expression']);
const comparisons = new Set(['<', '<=', '>', '>=', '===', '!==', '==', '!=']);
const booleans = new Set([...comparisons, '&&', '||']);

const isCompared = ({ type, operator }: Node): boolean =>
  type === 'BinaryExpression' && comparisons.has(operator);

/** Whether a member is a name or the source of an export, not an expression. */
function isName({ type, computed }: Node, member: string): boolean {
  if (member === 'typeAnnotation' || member === 'returnType' || member.startsWith('type')) return true;
  if (member === 'source') return type === 'ExportNamedDeclaration';
  return (member === 'key' || (member === 'property' && type === 'MemberExpression')) && !computed;
}

function distinct<M extends Omit<Mutant, 'name' | 'line'>>(mutants: M[]): M[] {
  const seen = new Set<string>();
  return mutants.filter(({ start, end, replacement }) => {
    const key = `${start} ${end} ${replacement}`;
    return !seen.has(key) && seen.add(key);
  });
}

function named(source: string, mutants: Omit<Mutant, 'name' | 'line'>[]): Mutant[] {
  const times = new Map<string, number>();
  return mutants.map((mutant) => {
    const { start, end, replacement } = mutant;
    const lineStart = source.lastIndexOf('\n', start - 1) + 1;
    const lineEnd = source.indexOf('\n', end);
    const original = short(source.slice(start, end));
    const name =
      `${source.slice(lineStart, start).trimStart()}⟦${original} → ${replacement}⟧${source.slice(end, lineEnd === -1 ? undefined : lineEnd)}`.trimEnd();
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    const line = source.slice(0, start).split('\n').length;
    return { ...mutant, line, name: time === 1 ? name : `${name} (${time})` };
  });
}

const longest = 60;

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** The source with all its mutants; at run time `mutant(number)` tells which one is active. @param first the number of the first mutant */
export function instrument(source: string, mutants: readonly Mutant[], first: number): string {
  const hosts = new Map<string, { start: number; end: number; isBlock: boolean; at: number[] }>();
  for (const [i, { host }] of mutants.entries()) {
    const key = `${host.start} ${host.end}`;
    const known = hosts.get(key) ?? { ...host, at: [] };
    known.at.push(i);
    hosts.set(key, known);
  }
  const ordered = [...hosts.values()].sort((a, b) => a.start - b.start || b.end - a.end);

  let next = 0;
  function print(start: number, end: number): string {
    let text = '';
    let at = start;
    while (next < ordered.length && ordered[next].start < end) {
      const host = ordered[next++];
      text += source.slice(at, host.start);
      const inner = host.isBlock ? print(host.start, host.end) : `(${print(host.start, host.end)})`;
      text += host.isBlock
        ? `{${host.at.map((i) => `if(mutant(${first + i}))${mutants[i].changed} else `).join('')}${inner}}`
        : `(${host.at.map((i) => `mutant(${first + i})?(${mutants[i].changed}):`).join('')}${inner})`;
      at = host.end;
    }
    return text + source.slice(at, end);
  }
  return print(0, source.length);
}
