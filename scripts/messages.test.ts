import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { entriesOf, shellHelpOf, shellTextsOf, textsOf } from './messages.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const list = (...patterns: string[]) =>
  globSync(patterns, { cwd: root, exclude: ['**/node_modules', '**/dist', '**/*.test.ts'] }).sort();

/** Each document, its title, and the sources whose texts it has. Help of the command: training/src/cli/help.test.ts. */
const documents: Record<string, [title: string, sources: string[]]> = {
  artifact: ['Artifact and registry: command, API, model card', list('artifact/src/**/*.ts')],
  training: ['Training and the hearth command', list('training/src/**/*.ts')],
  api: ['API', list('api/src/**/*.{ts,js}')],
  server: ['Page: server, build and texts outside its tables', list('web/{server,build,src}/**/*.{ts,tsx}')],
  deploy: [
    'Deployment',
    list('deploy/{rollout,send,renew}', 'deploy/**/*.sh', 'deploy/{verify,pipeline,aws}/**/*.ts'),
  ],
  scripts: ['npm scripts', list('scripts/*.mjs', 'scripts/*.ts', 'web/scripts/dev.ts')],
};
/** The page's texts: for each language a file, the variable in it, and what the keys begin with. */
const tables: Record<string, [file: string, variable: string, prefix?: string][]> = {
  'The page': [
    ['web/src/messages/en.ts', 'en'],
    ['web/src/messages/pt-br.ts', 'ptBR'],
  ],
  Answers: [
    ['web/src/messages/answer-words.ts', 'en'],
    ['web/src/messages/answer-words.ts', 'ptBR'],
  ],
  'About this model': [
    ['web/src/about/messages.ts', 'en'],
    ['web/src/about/messages.ts', 'ptBR'],
  ],
  Operations: [
    ['web/src/ops/messages.ts', 'en'],
    ['web/src/ops/messages.ts', 'ptBR'],
  ],
  Scores: [
    ['web/src/scores/shown-scores.ts', 'scoreWords', 'en.'],
    ['web/src/scores/shown-scores.ts', 'scoreWords', 'pt-BR.'],
  ],
};
const inTables = new Set(Object.values(tables).flatMap((pair) => pair.map(([file]) => file)));
const note = `Written by scripts/messages.test.ts; \`npm run test:unit -- scripts/messages.test.ts -u\` writes it again. Values are ‹expressions›, alternatives ‹one | other›.`;
const items = (texts: string[]) =>
  texts.map((text) => `- ${text.replaceAll('<', '\\<').replaceAll('\0', '\\0')}`).join('\n');

function textsIn(file: string): string {
  if (/\.(ts|tsx|mjs|js)$/.test(file)) return items(textsOf(read(file), file.endsWith('x') ? 'tsx' : 'ts'));
  const help = file.endsWith('.sh') ? '' : `\`\`\`\n${shellHelpOf(read(file))}\n\`\`\`\n\n`;
  return (help + items(shellTextsOf(read(file)))).trim();
}

test.each(Object.entries(documents))(
  'docs/messages/%s.md has every text of its sources',
  async (name, document) => {
    const [title, sources] = document;
    const sections = sources
      .filter((file) => !inTables.has(file))
      .map((file) => [file, textsIn(file)])
      .filter(([, texts]) => texts !== '')
      .map(([file, texts]) => `## ${file}\n\n${texts}\n`);
    expect(sections.length).toBeGreaterThan(0);
    await expect([`# ${title}\n\n${note}\n`, ...sections].join('\n')).toMatchFileSnapshot(
      path.join(root, `docs/messages/${name}.md`),
    );
  },
);

/** The texts of a data package, which the page shows, by their paths. */
const pairsIn = (value: object, at = ''): [string, Texts][] =>
  'en' in value
    ? [[at, value as Texts]]
    : Object.entries(value).flatMap(([key, member]) =>
        member && typeof member === 'object' ? pairsIn(member, at ? `${at}.${member.name ?? key}` : key) : [],
      );

test('docs/messages/page.md has the texts of the page and of the models, both languages side by side', async () => {
  const ofPage = Object.entries(tables).map(([title, languages]) => {
    const [english, portuguese] = languages.map(([file, variable, prefix = '']) =>
      [...entriesOf(read(file), variable)]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, text]) => [key.slice(prefix.length), text]),
    );
    expect(portuguese.map(([key]) => key)).toEqual(english.map(([key]) => key));
    return table(
      title,
      english.map(([key, en], i) => [key, { en, 'pt-BR': portuguese[i][1] }]),
    );
  });
  const ofModels = list('data/*/datapackage.json').map((file) =>
    table(file, pairsIn(JSON.parse(read(file)))),
  );
  await expect([`# Texts of the page\n\n${note}\n`, ...ofPage, ...ofModels].join('\n')).toMatchFileSnapshot(
    path.join(root, 'docs/messages/page.md'),
  );
});

interface Texts {
  en: string;
  'pt-BR': string;
}

function table(title: string, entries: [key: string, texts: Texts][]): string {
  const rows = entries.map(([key, texts]) => `| ${[key, texts.en, texts['pt-BR']].map(cell).join(' | ')} |`);
  return `## ${title}\n\n| | English | Português |\n|---|---|---|\n${rows.join('\n')}\n`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

test('a text of two words or more is found wherever it is, with its values and alternatives', () => {
  const source = `
    import x from 'not a text';
    type Kind = 'not a text';
    throw new ArtifactError('bounds', \`tree \${tree} starts at \${nodes[tree]}\`);
    const table = { 'two words': (path: string) => 'there is no file ' + path + '; name one' };
    say(\`\${count} \${count === 1 ? 'row' : 'rows'} read\`, ['in a list'], 'word', 'text/csv; charset=utf-8');
    log(\`known: \${names.map((name) => describe(name, 'the inner text', somethingElseThatIsLong)).join()}\`);
  `;
  expect(textsOf(source)).toEqual([
    'tree ‹tree› starts at ‹nodes[tree]›',
    'two words',
    'there is no file ‹path›; name one',
    '‹count› ‹row | rows› read',
    'in a list',
    'known: ‹…›',
    'the inner text',
  ]);
  expect(textsOf('const view = <p class="big">Two words</p>;', 'tsx')).toEqual(['Two words']);
});

test('texts of shell scripts are found, with commands and values shortened', () => {
  const script = `#!/bin/sh\n# Does it.\n#\n#   it NAME\nset -e\n# fail "not this"
    [ -n "$a" ] || fail "no folder \${a:-b} on $(uname -n "$x"); name one" # say "nor that"\n  say 'two words'; echo "$a"`;
  expect(shellTextsOf(script)).toEqual(['no folder ‹a› on ‹…›; name one', 'two words']);
  expect(shellHelpOf(script)).toBe('Does it.\n\n  it NAME');
});

test('every source that users run is in one of the documents', () => {
  const covered = new Set(Object.values(documents).flatMap(([, sources]) => sources));
  const forDevelopers =
    /^(api|artifact|training)\/(testing|fuzz|compile|corpus|clients)\/|^(bench|web\/(browser|scripts))\/|^scripts\/mutants\//;
  const forTests = /^deploy\/(testing|rehearsal|machine|images|containers|kubernetes|[^/]+\.ts)|config\.ts$/;
  const missing = list('{artifact,training,api,web,deploy,scripts}/**/*.{ts,tsx,mjs,sh}').filter(
    (file) => !covered.has(file) && !forDevelopers.test(file) && !forTests.test(file),
  );
  expect(missing).toEqual([]);
});
