import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'node',
    // A timer that a test forgets must not become another test's surprise.
    restoreMocks: true,
  },
});
