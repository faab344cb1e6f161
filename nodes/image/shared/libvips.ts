import sharp from 'sharp';

// Pictures decode side by side when several items are in flight; threads inside one picture would only compete with
// inference for the same cores.
sharp.concurrency(1);
// Every picture is read from memory, so libvips' cache of open files would hold space outside Weft's accounting.
sharp.cache(false);

/** sharp, set up for this process: one thread a picture, no cache. */
export const libvips = sharp;
