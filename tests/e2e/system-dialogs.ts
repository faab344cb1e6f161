import type { DesktopApp } from '../electron-standin/desktop-app.ts';

/** Takes a file, or none. */
type Answer = (path: string | null) => void;

/** In the main process: the file dialogs that wait for the person, and who waits for one. */
interface Held {
  readonly open: Answer[];
  readonly waiting: ((answer: Answer) => void)[];
}

/** The system's file dialogs stay open, unseen, until `answerSystemDialog`. */
export function holdSystemDialogs(app: DesktopApp): Promise<void> {
  return app.evaluate(({ dialog }) => {
    const held: Held = { open: [], waiting: [] };
    Object.assign(globalThis, { heldDialogs: held });
    const ask = () =>
      new Promise<string | null>((answer) => {
        const waiting = held.waiting.shift();
        if (waiting === undefined) held.open.push(answer);
        else waiting(answer);
      });
    Object.assign(dialog, {
      showOpenDialog: async () => {
        const path = await ask();
        return { canceled: path === null, filePaths: path === null ? [] : [path] };
      },
      showSaveDialog: async () => {
        const path = await ask();
        return { canceled: path === null, filePath: path ?? '' };
      },
    });
  });
}

/** Takes `path`, or none, in the dialog that is open, or else in the next one. */
export function answerSystemDialog(app: DesktopApp, path: string | null): Promise<void> {
  return app.evaluate(async (_electron, chosen) => {
    const { heldDialogs } = globalThis as unknown as { heldDialogs: Held };
    const answer =
      heldDialogs.open.shift() ?? (await new Promise<Answer>((resolve) => heldDialogs.waiting.push(resolve)));
    answer(chosen);
  }, path);
}
