/**
 * One row of a frame, scaled and converted to RGB: nodes/image/shared/row-kernel.ts says what lies where in memory.
 * AssemblyScript; `npm run build` here compiles it.
 */

/** Light between two rows of a frame, in parts of 1/128. `below`: the share of the lower one, in parts of 1/32768. */
export function blendRows(upper: usize, lower: usize, below: i32, width: i32, light: usize): void {
  const share = i16x8.splat(<i16>below);
  for (let x: i32 = 0; x < width; x += 16) {
    const above = v128.load(upper + x);
    const under = v128.load(lower + x);
    const to = light + 2 * x;
    v128.store(to, between(i16x8.extend_low_i8x16_u(above), i16x8.extend_low_i8x16_u(under), share));
    v128.store(to, between(i16x8.extend_high_i8x16_u(above), i16x8.extend_high_i8x16_u(under), share), 16);
  }
}

@inline
function between(above: v128, under: v128, share: v128): v128 {
  const difference = i16x8.shl(i16x8.sub(under, above), 7);
  return i16x8.add(i16x8.shl(above, 7), i16x8.q15mulr_sat_s(difference, share));
}

/** U and V side by side, 16 bits each. */
export function pairColours(u: usize, v: usize, width: i32, pairs: usize): void {
  for (let x: i32 = 0; x < width; x += 16) {
    const us = v128.load(u + x);
    const vs = v128.load(v + x);
    const low = i8x16.shuffle(us, vs, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const high = i8x16.shuffle(us, vs, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const to = pairs + 4 * x;
    v128.store(to, i16x8.extend_low_i8x16_u(low));
    v128.store(to, i16x8.extend_high_i8x16_u(low), 16);
    v128.store(to, i16x8.extend_low_i8x16_u(high), 32);
    v128.store(to, i16x8.extend_high_i8x16_u(high), 48);
  }
}

/**
 * Red, green and blue of `count` pixels, 0–255, each colour `stride` bytes after the one before. For each pixel, `at` and
 * `colourAt` have the bytes that lead to its light and its colours, `weights` those of its two samples of light. Colours
 * are pairs of factors for U and V, and what is added to them, in parts of 1/8192.
 */
export function levels(
  light: usize,
  pairs: usize,
  at: usize,
  weights: usize,
  colourAt: usize,
  count: i32,
  redFactors: i32,
  greenFactors: i32,
  blueFactors: i32,
  redBase: i32,
  greenBase: i32,
  blueBase: i32,
  out: usize,
  stride: i32,
): void {
  const red = i32x4.splat(redFactors);
  const green = i32x4.splat(greenFactors);
  const blue = i32x4.splat(blueFactors);
  const noRed = i32x4.splat(redBase);
  const noGreen = i32x4.splat(greenBase);
  const noBlue = i32x4.splat(blueBase);
  for (let i: i32 = 0; i < count; i += 4) {
    const samples = gathered(light, v128.load(at + 4 * i));
    const luma = i32x4.shr_s(i32x4.dot_i16x8_s(samples, v128.load(weights + 4 * i)), 7);
    const uv = gathered(pairs, v128.load(colourAt + 4 * i));
    const to = out + i;
    storeLevels(to, i32x4.add(i32x4.add(luma, noRed), i32x4.dot_i16x8_s(uv, red)));
    storeLevels(to + stride, i32x4.add(i32x4.add(luma, noGreen), i32x4.dot_i16x8_s(uv, green)));
    storeLevels(to + 2 * stride, i32x4.add(i32x4.add(luma, noBlue), i32x4.dot_i16x8_s(uv, blue)));
  }
}

@inline
function gathered(base: usize, offsets: v128): v128 {
  let four = v128.load32_zero(base + i32x4.extract_lane(offsets, 0));
  four = v128.load32_lane(base + i32x4.extract_lane(offsets, 1), four, 1);
  four = v128.load32_lane(base + i32x4.extract_lane(offsets, 2), four, 2);
  return v128.load32_lane(base + i32x4.extract_lane(offsets, 3), four, 3);
}

@inline
function storeLevels(to: usize, levels: v128): void {
  const whole = i32x4.shr_s(levels, 13);
  // Saturates at 0 and 255.
  const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(whole, whole), i16x8.splat(0));
  v128.store32_lane(to, bytes, 0);
}

/** What a table of 256 has for each of `count` levels. */
export function lookUp(table: usize, levels: usize, count: i32, out: usize): void {
  for (let i: i32 = 0; i < count; i += 4) {
    const four = load<u32>(levels + i);
    const to = out + 4 * i;
    store<f32>(to, load<f32>(table + ((four & 0xff) << 2)));
    store<f32>(to, load<f32>(table + (((four >> 8) & 0xff) << 2)), 4);
    store<f32>(to, load<f32>(table + (((four >> 16) & 0xff) << 2)), 8);
    store<f32>(to, load<f32>(table + ((four >> 24) << 2)), 12);
  }
}
