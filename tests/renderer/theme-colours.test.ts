import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const CSS = readFileSync(new URL('../../src/renderer/styles.css', import.meta.url), 'utf8');

const THEMES = { dark: tokensOf(':root'), light: tokensOf(':root[data-theme="light"]') };

describe.each(Object.entries(THEMES))('in the %s theme', (_, tokens) => {
  const grounds = ['canvas', 'panel', 'raised', 'inset', 'hover'].map((name) => tokens[name]);

  test.each(['fg', 'dim', 'faint', 'accent', 'done', 'attention', 'failed'])(
    'text in %s can be read on every ground',
    (name) => {
      for (const ground of grounds) expect(contrast(tokens[name], ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each([
    ['on-accent', 'accent'],
    ['fg', 'pressed'],
    ['dim', 'pressed'],
    ['fg', 'attention-soft'],
    ['fg', 'failed-soft'],
    ['failed', 'failed-soft'],
  ])('text in %s can be read on %s', (text, ground) => {
    expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test('pins, wires and nodes stand out from canvas and panels', () => {
    const hues = Object.keys(tokens).filter((name) => /^(pin|category)-/.test(name));
    expect(hues.length).toBeGreaterThan(30);
    for (const hue of hues) {
      for (const ground of [tokens.canvas, tokens.panel]) {
        expect(contrast(tokens[hue], ground), hue).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test.each(Object.keys(CONES))('families of types are told apart with %s', (kind) => {
    const families = ['image', 'detections', 'tensor', 'model', 'number'].map((name) => tokens[`pin-${name}`]);
    for (const [index, a] of families.entries()) {
      for (const b of families.slice(index + 1)) expect(difference(a, b, CONES[kind]), `${a} ${b}`).toBeGreaterThan(10);
    }
  });
});

test('both themes have the same tokens', () => {
  expect(Object.keys(THEMES.light)).toEqual(Object.keys(THEMES.dark).filter((name) => name in THEMES.light));
  expect(Object.keys(THEMES.light)).toHaveLength(Object.keys(THEMES.dark).length);
});

function tokensOf(selector: string): Record<string, string> {
  const start = CSS.indexOf(`${selector} {`);
  const block = CSS.slice(start, CSS.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
}

type Rgb = readonly [number, number, number];

/** Linear light, 0–1. */
function linear(hex: string): Rgb {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

/** As WCAG 2 defines it, 1–21. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));
  const [bright, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dark + 0.05);
}

type Matrix = readonly [Rgb, Rgb, Rgb];

/** Simulation of colour vision deficiencies in linear light: Machado, Oliveira and Fernandes 2009, severity 1. */
const CONES: Readonly<Record<string, Matrix>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE76 in CIELAB of what is seen; about 2.3 can just be noticed. */
function difference(a: string, b: string, cones: Matrix): number {
  const [labA, labB] = [a, b].map((hex) => {
    const light = linear(hex);
    return lab([dot(cones[0], light), dot(cones[1], light), dot(cones[2], light)]);
  });
  return Math.hypot(labA[0] - labB[0], labA[1] - labB[1], labA[2] - labB[2]);
}

function lab(rgb: Rgb): Rgb {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const x = f(dot([0.4124, 0.3576, 0.1805], rgb) / 0.9505);
  const y = f(dot([0.2126, 0.7152, 0.0722], rgb));
  const z = f(dot([0.0193, 0.1192, 0.9505], rgb) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
