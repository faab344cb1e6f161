/** What is awaited, unless the signal fires first, or has fired before. @throws the signal's reason */
export async function unlessAborted<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  try {
    // The race also takes care of a failure that nobody waits for any more; of two that are there the first one wins.
    return await Promise.race([aborted.promise, awaited]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
