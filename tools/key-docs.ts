import type { Action } from '../src/renderer/actions/action.ts';
import { ACTION_GROUPS } from '../src/renderer/actions/groups.ts';
import { ACTIONS } from '../src/renderer/actions/registry.ts';
import { GESTURES } from '../src/renderer/canvas/gestures.ts';
import { shownKeys } from '../src/renderer/commands/key-combination.ts';
import { keysOf } from '../src/renderer/commands/keymap.ts';

/** The text of `docs/guide/keys.md`. */
export function keyDocs(): string {
  return `# Keys and mouse

<!-- Written by \`npm run docs\` from src/renderer/actions. -->

\`?\` in the editor shows this page as it is there, with the keys that you changed. **Show commands** lists everything that
can be done, with and without keys. Keys are changed in the settings. On a Mac, Ctrl is ⌘ and Alt is ⌥. In a browser some
keys stay with the browser; where there are two ways, the first works everywhere.

${ACTION_GROUPS.map(groupDocs).join('\n')}
## Mouse

| Hand | What it does |
| --- | --- |
${GESTURES.map(({ hand, does }) => `| ${hand} | ${does} |\n`).join('')}`;
}

function groupDocs(group: Action['group']): string {
  const rows = ACTIONS.filter((action) => action.group === group).map((action) => {
    const keys = keysOf(action, {}).map((combination) => `\`${shownKeys(combination, false)}\``);
    return `| ${action.label} | ${keys.join(', ')} |\n`;
  });
  return `## ${group}\n\n| What it does | Keys |\n| --- | --- |\n${rows.join('')}`;
}
