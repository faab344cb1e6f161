/** Standard deviations as parts of the box's size, as ByteTrack and BoT-SORT have them. */
const POSITION_NOISE = 1 / 20;
const VELOCITY_NOISE = 1 / 160;

/** One coordinate of a box that moves at constant velocity: a Kalman filter of two states, per item of the stream. */
class Coordinate {
  value: number;
  velocity = 0;
  #valueVariance: number;
  #velocityVariance: number;
  #covariance = 0;

  constructor(value: number, size: number) {
    this.value = value;
    this.#valueVariance = (2 * POSITION_NOISE * size) ** 2;
    this.#velocityVariance = (10 * VELOCITY_NOISE * size) ** 2;
  }

  predict(size: number): void {
    this.value += this.velocity;
    this.#valueVariance += 2 * this.#covariance + this.#velocityVariance + (POSITION_NOISE * size) ** 2;
    this.#covariance += this.#velocityVariance;
    this.#velocityVariance += (VELOCITY_NOISE * size) ** 2;
  }

  correct(measured: number, size: number): void {
    const innovation = measured - this.value;
    const variance = this.#valueVariance + (POSITION_NOISE * size) ** 2;
    const gain = this.#valueVariance / variance;
    const velocityGain = this.#covariance / variance;
    this.value += gain * innovation;
    this.velocity += velocityGain * innovation;
    this.#velocityVariance -= velocityGain * this.#covariance;
    this.#covariance *= 1 - gain;
    this.#valueVariance *= 1 - gain;
  }
}

/**
 * Where a box is expected: centre, width and height each move at constant velocity. The noise of each depends on the
 * box's own size only, so the eight states fall into four filters of two.
 */
export class Motion {
  readonly #x: Coordinate;
  readonly #y: Coordinate;
  readonly #width: Coordinate;
  readonly #height: Coordinate;

  constructor(box: Float32Array) {
    const { x, y, width, height } = centred(box);
    this.#x = new Coordinate(x, width);
    this.#y = new Coordinate(y, height);
    this.#width = new Coordinate(width, width);
    this.#height = new Coordinate(height, height);
  }

  /** The next item. A box that is not seen keeps its size: growth, guessed on, runs away. */
  predict(seen: boolean): void {
    if (!seen) this.#width.velocity = this.#height.velocity = 0;
    const [width, height] = [this.#width.value, this.#height.value];
    this.#x.predict(width);
    this.#y.predict(height);
    this.#width.predict(width);
    this.#height.predict(height);
  }

  correct(box: Float32Array): void {
    const { x, y, width, height } = centred(box);
    this.#x.correct(x, width);
    this.#y.correct(y, height);
    this.#width.correct(width, width);
    this.#height.correct(height, height);
  }

  /** Left, top, right, bottom. */
  get box(): Float32Array {
    const [halfWidth, halfHeight] = [this.#width.value / 2, this.#height.value / 2];
    const [x, y] = [this.#x.value, this.#y.value];
    return Float32Array.of(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
  }
}

function centred([left, top, right, bottom]: Float32Array) {
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}
