/** The largest sample of a picture, by its depth: white, or opaque. */
export const WHITE = { u8: 255, u16: 65535, f32: 1 } as const;
