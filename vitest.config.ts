import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
    environment: 'node',
    // Whole captures are diagnosed hundreds of times over; a busy machine must not make that a failure.
    testTimeout: 60_000,
    // A timer that a test forgets must not become another test's surprise.
    restoreMocks: true,
  },
});
