import type { Element } from 'hast';
import { h } from 'hastscript';
import { basePath } from '../server/base-path.ts';
import {
  type ProblemCode,
  type ProblemKind,
  problemName,
  problems,
  problemType,
} from '../server/problems.ts';
import { htmlPage, table } from './html.ts';

const codes = Object.keys(problems) as ProblemCode[];

/** All kinds of problems, with links to their pages. */
export const problemTable = (): Element =>
  table(
    ['status', 'type', 'title'],
    codes.map((code) => [
      String(problems[code].status),
      h('a', { href: problemType(code) }, problemName(code)),
      problems[code].title,
    ]),
  );

/** The page with all kinds. */
export const problemsPage = (): string => htmlPage('Problems', problemTable(), back());

/** The page of one kind of problem; undefined for an unknown name. */
export function problemPage(name: string): string | undefined {
  const code = codes.find((each) => problemName(each) === name);
  if (!code) return undefined;
  const { title, status, meaning, retryAfter }: ProblemKind = problems[code];
  const again = retryAfter
    ? ` Try again after the seconds in the header Retry-After (usually ${retryAfter}).`
    : '';
  return htmlPage(title, h('p', `Status ${status}. ${meaning}${again}`), back());
}

const back = (): Element => h('p', [h('a', { href: `${basePath}/docs` }, 'How to call this server')]);
