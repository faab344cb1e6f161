import { expect, test } from 'vitest';
import { unlessAborted } from '../../src/main/isolates/unless-aborted.ts';

const never = new Promise<never>(() => {});

test('what is awaited comes through where the signal does not fire', async () => {
  await expect(unlessAborted(Promise.resolve(1), new AbortController().signal)).resolves.toBe(1);
});

test('a signal ends the waiting with its reason, whether it fires meanwhile or has fired before', async () => {
  const stop = new AbortController();
  const waiting = unlessAborted(never, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(unlessAborted(never, stop.signal)).rejects.toThrow('stopped');
});

test('what fails after the signal is nobody’s error any more', async () => {
  const late = Promise.withResolvers<never>();
  const waiting = unlessAborted(late.promise, AbortSignal.abort(new Error('stopped')));
  late.reject(new Error('too late'));
  await expect(waiting).rejects.toThrow('stopped');
});
