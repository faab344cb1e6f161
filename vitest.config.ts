import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a slow machine; a second, as by default, is too short for a process to end.
    expect: { poll: { timeout: 20_000 } },
    // ONNX Runtime would report the sessions of the tests to its maker.
    env: { ORT_DISABLE_TELEMETRY: '1' },
  },
});
