// Maps the segment given as JSON, doubles the float32 numbers it finds at an offset, and says what their sum was.
import { openSegment } from '../../../src/main/store/segment.ts';

const { location, offset, count } = JSON.parse(process.argv[2]);
const { buffer, start } = openSegment(location);
const numbers = new Float32Array(buffer, start + offset, count);
console.log(numbers.reduce((sum, number) => sum + number, 0));
for (let i = 0; i < count; i++) numbers[i] *= 2;
