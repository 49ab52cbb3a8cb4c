import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

/** Finds import circles, types included, and imports that cross a layer the wrong way; docs/ARCHITECTURE.md draws the layers. */
const packages = ['artifact', 'training', 'api', 'web', 'bench', 'deploy', 'scripts'];
const tests = '\\.(test|proof)\\.ts$|/testing/';

/** What stands in `from` imports of the project only what stands in the folders `allowed`. */
const only = (name: string, from: string, allowed: string[], comment: string): IForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: { path: `^(${packages.join('|')})/`, pathNot: `^(${allowed.join('|')})/` },
});

const forbidden: IForbiddenRuleType[] = [
  {
    name: 'no-circle',
    comment: 'types count: what two files share belongs in a third',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  only('artifact-alone', '^artifact/', ['artifact'], 'what a model is knows nobody'),
  only('training-on-artifact', '^training/', ['training', 'artifact'], 'training knows what a model is'),
  only(
    'api-on-artifact',
    '^api/(?!src/server/serve-page)',
    ['api', 'artifact'],
    'the API knows what a model is',
  ),
  only('page-on-artifact', '^web/(src|server|build)/', ['web', 'artifact'], 'the page knows what a model is'),
  only(
    'browser-tests-by-the-door',
    '^web/(browser|scripts)/',
    ['web', 'artifact', 'training', 'api'],
    'tests of the page drive the whole',
  ),
  {
    name: 'through-the-door',
    comment: "another package is imported by its name, through its package.json's exports",
    severity: 'error',
    from: { path: '^([^/]+)/' },
    to: { path: '^(artifact|training|api|web|bench|deploy)/', pathNot: '^$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'page-on-types',
    comment: 'the page takes types alone from artifact: its code would be sent to every visitor',
    severity: 'error',
    from: { path: '^web/src/' },
    to: { path: '^artifact/', dependencyTypesNot: ['type-only'] },
  },
];

process.chdir(join(import.meta.dirname, '..'));
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => file.includes('/') && !file.startsWith('.'));
const { output } = await cruise(sources, {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'types', 'node', 'default'],
  },
  ruleSet: { forbidden },
  validate: true,
});
const { modules, summary } = output as ICruiseResult;

const read = new Set(modules.map(({ source }) => source));
const unread = sources.filter((file) => !read.has(file));
for (const { from, to, rule, cycle } of summary.violations) {
  const way = cycle ? [from, ...cycle.map(({ name }) => name)].join(' → ') : `${from} → ${to}`;
  console.error(`${rule.name}: ${way}`);
}
if (unread.length > 0)
  console.error(`the checker has not read ${unread.length} files, among them ${unread[0]}`);
// Under a TypeScript that it cannot use it reads every file and finds no import in it.
const imports = modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
if (imports < sources.length)
  console.error(`the checker has found ${imports} imports in ${sources.length} files`);
const isSound = summary.violations.length === 0 && unread.length === 0 && imports >= sources.length;
console.log(`${sources.length} files, ${imports} imports, ${summary.violations.length} violations`);
process.exit(isSound ? 0 : 1);
