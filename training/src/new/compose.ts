/** Where images come from, and which. */
export interface Images {
  /** What stands before the names of the images, such as `ghcr.io/example/`. */
  prefix: string;
  version: string;
}

/** Lines of Hearth's docker-compose.yml that build its images from its sources. */
const ofBuild = /^ {4}build: |^x-labels: |^# (docker compose up --build|Debian's|Values of the image labels)/;

/** The compose file of a repository that has models, but not the sources of Hearth. @param own that of Hearth's repository */
export const composeOf = (own: string, { prefix, version }: Images): string =>
  own
    .split('\n')
    .filter((line) => !ofBuild.test(line))
    .join('\n')
    .replaceAll(
      /image: (hearth(?:-\w+)?):\$\{HEARTH_TAG:-latest\}/g,
      `image: ${prefix}$1:\${HEARTH_TAG:-${version}}`,
    )
    .replaceAll('HEARTH_TAG (latest)', `HEARTH_TAG (${version})`)
    .replaceAll('./deploy/gateway:', './gateway:')
    .replaceAll('deploy/gateway/certificates', 'gateway/certificates')
    .replaceAll(/: see deploy\/README\.md\./g, '.')
    .replaceAll(/\n{3,}/g, '\n\n');
