/** Sends back every message it gets: the other end of `clone.ts`. */
process.on('message', (message) => process.send?.(message));
