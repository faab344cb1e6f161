/** The channels of Electron's IPC, and all there are. A message is a `Uint8Array`; null closes the line. */
export const TO_HOST = 'weft:to-host';
export const TO_WINDOW = 'weft:to-window';
