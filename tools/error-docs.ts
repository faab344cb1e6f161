import { ERROR_CODES, type ErrorMeaning } from '../src/shared/node-api/error-codes.ts';

/** The text of `docs/errors.md`. */
export function errorDocs(): string {
  const rows = Object.entries<ErrorMeaning>(ERROR_CODES).map(
    ([code, { means, todo, exit, retry }]) => `| \`${code}\` | ${means} | ${todo} | ${exit} | ${retry ? 'yes' : ''} |`,
  );
  return `# Errors

<!-- Written by \`npm run docs\` from src/shared/node-api/error-codes.ts. -->

Every error has a stable code and one sentence that names the node, the pin and what to do. *Exit* is the exit status of
\`weft run\` when the error ends it; *retry* marks errors that a node's retry policy repeats by default.

| Code | What it means | What to do | Exit | Retry |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
