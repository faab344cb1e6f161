/** What the terminal would make an interruption of, were it not told to pass on every key. */
const INTERRUPT = '\u0003';

/** Calls what belongs to a key, a small letter, whenever it is pressed in the terminal that stdin is. */
export function onKeys(keys: Readonly<Record<string, () => void>>): Disposable {
  const { stdin } = process;
  const pressed = (text: string) => {
    for (const key of text.toLowerCase()) {
      if (key === INTERRUPT) process.kill(process.pid, 'SIGINT');
      else if (Object.hasOwn(keys, key)) keys[key]();
    }
  };
  // When the process ends in another way than by `dispose`, Node itself gives the terminal back as it was.
  stdin.setRawMode(true);
  stdin.setEncoding('utf8').on('data', pressed);
  return {
    [Symbol.dispose]() {
      stdin.off('data', pressed).pause();
      stdin.setRawMode(false);
    },
  };
}
