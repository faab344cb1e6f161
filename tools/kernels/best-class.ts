/**
 * The best class of candidates: nodes/detect/shared/best-class.ts says what lies where in memory. AssemblyScript, as
 * row-kernel.ts. A comparison with NaN never holds; of equal scores the first class wins.
 */

/** Scores of class `id` of `count` candidates, where they are the best so far. */
export function takeClass(values: usize, count: i32, id: i32, scores: usize, ids: usize): void {
  const own = i32x4.splat(id);
  for (let i: i32 = 0; i < count; i += 4) {
    const at = 4 * i;
    const value = v128.load(values + at);
    const best = v128.load(scores + at);
    const better = f32x4.gt(value, best);
    v128.store(scores + at, v128.bitselect(value, best, better));
    v128.store(ids + at, v128.bitselect(own, v128.load(ids + at), better));
  }
}

/** Best scores, below all of them at first, and their classes of `rows` rows of `stride` bytes with `classes` scores each. */
export function takeRows(values: usize, rows: i32, stride: i32, classes: i32, scores: usize, ids: usize): void {
  const whole = classes & ~3;
  for (let row: i32 = 0; row < rows; row++) {
    const start = values + row * stride;
    let best = f32x4.splat(-Infinity);
    let found = i32x4.splat(0);
    let own = i32x4(0, 1, 2, 3);
    for (let id: i32 = 0; id < whole; id += 4) {
      const value = v128.load(start + 4 * id);
      const better = f32x4.gt(value, best);
      best = v128.bitselect(value, best, better);
      found = v128.bitselect(own, found, better);
      own = i32x4.add(own, i32x4.splat(4));
    }
    let score = f32x4.extract_lane(best, 0);
    let winner = i32x4.extract_lane(found, 0);
    if (wins(f32x4.extract_lane(best, 1), i32x4.extract_lane(found, 1), score, winner)) {
      score = f32x4.extract_lane(best, 1);
      winner = i32x4.extract_lane(found, 1);
    }
    if (wins(f32x4.extract_lane(best, 2), i32x4.extract_lane(found, 2), score, winner)) {
      score = f32x4.extract_lane(best, 2);
      winner = i32x4.extract_lane(found, 2);
    }
    if (wins(f32x4.extract_lane(best, 3), i32x4.extract_lane(found, 3), score, winner)) {
      score = f32x4.extract_lane(best, 3);
      winner = i32x4.extract_lane(found, 3);
    }
    for (let id = whole; id < classes; id++) {
      const other = load<f32>(start + 4 * id);
      if (other > score) {
        score = other;
        winner = id;
      }
    }
    store<f32>(scores + 4 * row, score);
    store<i32>(ids + 4 * row, winner);
  }
}

@inline
function wins(score: f32, id: i32, best: f32, winner: i32): bool {
  return score > best || (score == best && id < winner);
}
