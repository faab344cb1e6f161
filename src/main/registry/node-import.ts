import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The one copy of the node API: values made by any node are instances of the same classes. */
const WEFT_URL = import.meta.resolve('weft');

const personalFolders = new Set<string>();

/**
 * Lets this thread import nodes that lie in `folders`, outside the app: their `import … from 'weft'` gives the copy that
 * is already loaded, and their types are stripped below `node_modules` too, where Node itself refuses to.
 */
export function allowImportsFrom(folders: Iterable<string>): void {
  if (personalFolders.size === 0) registerHooks({ resolve, load });
  for (const folder of folders) personalFolders.add(pathToFileURL(folder + sep).href);
}

/** Imports the file as it is at `stamp`; a file that has changed since an earlier import is read again. */
export async function importNodeFile(path: string, stamp: string): Promise<unknown> {
  const url = pathToFileURL(path);
  if (isPersonal(url.href)) url.searchParams.set('stamp', stamp);
  const module: { default?: unknown } = await import(url.href);
  return module.default;
}

function isPersonal(url: string | undefined): boolean {
  if (url === undefined) return false;
  for (const folder of personalFolders) if (url.startsWith(folder)) return true;
  return false;
}

type Hooks = Required<Parameters<typeof registerHooks>[0]>;

const resolve: Hooks['resolve'] = (specifier, context, nextResolve) =>
  specifier === 'weft' && isPersonal(context.parentURL)
    ? { url: WEFT_URL, shortCircuit: true }
    : nextResolve(specifier, context);

const load: Hooks['load'] = (url, context, nextLoad) => {
  if (!isPersonal(url) || !new URL(url).pathname.endsWith('.ts')) return nextLoad(url, context);
  // Told the format, Node need not find out whether the file is a module: no package.json says so.
  if (!url.includes('/node_modules/')) return nextLoad(url, { ...context, format: 'module-typescript' });
  const source = readFileSync(fileURLToPath(url), 'utf8');
  return { format: 'module', source: stripTypeScriptTypes(source), shortCircuit: true };
};
