import type { Element } from 'hast';
import { h } from 'hastscript';
import {
  type ProblemCode,
  type ProblemKind,
  problemName,
  problems,
  problemType,
} from '../server/problems.ts';
import { htmlPage, table } from './html.ts';

const codes = Object.keys(problems) as ProblemCode[];

/** All kinds of problems, each with a link to its page. */
export const problemTable = (): Element =>
  table(
    ['status', 'type', 'title'],
    codes.map((code) => [
      String(problems[code].status),
      h('a', { href: problemType(code) }, problemName(code)),
      problems[code].title,
    ]),
  );

/** The page that lists them. */
export const problemsPage = (): string => htmlPage('Problems', problemTable(), back());

/** The page about one kind of problem; undefined where there is none of this name. */
export function problemPage(name: string): string | undefined {
  const code = codes.find((each) => problemName(each) === name);
  if (!code) return undefined;
  const { title, status, meaning, retryAfter }: ProblemKind = problems[code];
  const again = retryAfter ? ` The header Retry-After says when to try again: in ${retryAfter} s.` : '';
  return htmlPage(title, h('p', `Status ${status}. ${meaning}${again}`), back());
}

const back = (): Element => h('p', [h('a', { href: '/docs' }, 'How to ask this server')]);
