/** An isolate that does what each request says, for tests of what the engine makes of it. */
import { connect } from 'node:net';
import { ADDRESS_VARIABLE, socketPath, TOKEN_VARIABLE } from '../../src/main/isolates/connection.ts';
import { serveEngine } from '../../src/main/isolates/serve-engine.ts';

export type Deed = { readonly echo: unknown } | { readonly wait: number } | { readonly exit: number };

if (process.env.WEFT_TEST_MANNERS === 'bad') {
  const socket = connect(socketPath(process.env[ADDRESS_VARIABLE] ?? ''));
  const json = JSON.stringify({ token: process.env[TOKEN_VARIABLE], channel: 'messages' });
  const head = Buffer.alloc(8);
  head.writeUInt32LE(json.length, 0);
  socket.write(Buffer.concat([head, Buffer.from(json)]));
  // Neither frames nor an answer to anything.
  socket.on('data', () => socket.write(Buffer.alloc(100, 0xff)));
  setInterval(() => {}, 1000);
} else {
  await serveEngine(async (request) => {
    const deed = request as Deed;
    if ('exit' in deed) process.exit(deed.exit);
    if ('wait' in deed) await new Promise((resolve) => setTimeout(resolve, deed.wait));
    return { reply: { said: 'echo' in deed ? deed.echo : null } };
  });
}
