/* Runs in each page before its own scripts. Plain JavaScript: it is put into the page as text, with the preload script. */
// biome-ignore lint/correctness/noUnusedVariables: web-contents.ts calls it in the page.
function standInForElectron({ binding, receiver, permission }, preload) {
  const bound = window[binding];
  delete window[binding];
  // Every client of the DevTools protocol answers the call, a test that knows nothing of it with an error: what the app
  // has to say comes through the receiver.
  const call = (message) => void bound(message).catch(() => {});

  const listeners = new Map();
  Object.defineProperty(window, receiver, {
    value: (channel, message) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, unpack(message));
    },
  });

  const asked = [];
  listeners.set(permission, [(_event, { id, isAllowed }) => asked[id](isAllowed)]);
  guard(navigator.mediaDevices, 'getUserMedia', 'media', ([{ audio, video }]) => ({
    mediaTypes: [...(video ? ['video'] : []), ...(audio ? ['audio'] : [])],
  }));
  for (const name of ['read', 'readText']) guard(navigator.clipboard, name, 'clipboard-read', () => ({}));
  for (const name of ['write', 'writeText']) guard(navigator.clipboard, name, 'clipboard-sanitized-write', () => ({}));
  guard(globalThis.Notification, 'requestPermission', 'notifications', () => ({}));

  // As in Electron, only the main frame has a preload script.
  if (window !== window.top || preload === null) return;

  const electron = {
    ipcRenderer: {
      on(channel, listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
      send(channel, message) {
        call({ send: channel, message: pack(message) });
      },
    },
    contextBridge: {
      exposeInMainWorld(name, api) {
        Object.defineProperty(window, name, { value: Object.freeze({ ...api }), enumerable: true });
      },
    },
    // Chromium tells nobody the path of a file; Electron gives the same for a file that lies on no disk.
    webUtils: { getPathForFile: () => '' },
  };

  const require = (name) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload script cannot require ${name}.`);
    return strict('electron', electron);
  };
  preload(require, { exports: {} }, {});

  /** Asks the app's permission handler before the browser does what it is asked. */
  function guard(part, name, kind, detailsOf) {
    if (part === undefined) return;
    const original = part[name].bind(part);
    part[name] = async (...args) => {
      const isAllowed = await new Promise((answer) => {
        const id = asked.push(answer) - 1;
        call({ permission: kind, id, details: detailsOf(args) });
      });
      if (!isAllowed) throw new DOMException('Permission denied', 'NotAllowedError');
      return original(...args);
    };
  }

  function pack(message) {
    return message instanceof Uint8Array ? { bytes: message.toBase64() } : { json: message };
  }

  function unpack({ bytes, json }) {
    return bytes === undefined ? json : Uint8Array.fromBase64(bytes);
  }

  function strict(name, part) {
    return new Proxy(part, {
      get(target, key) {
        if (!(key in target)) throw new Error(`The stand-in for Electron has no ${name}.${String(key)}.`);
        const value = target[key];
        return typeof value === 'object' ? strict(`${name}.${key}`, value) : value;
      },
    });
  }
}
