/** A program that a lab scenario may need. */
export type Need = 'nginx' | 'haproxy' | 'apache' | 'curl' | 'python' | 'flask' | 'caddy' | 'redis';
export const NEEDS: Record<Need, { label: string; packages: string[] }>;
export function findChromium(): string | null;
export function findNeed(need: Need): string | null;
export function whatIsMissing(needs: Need | readonly Need[] | undefined): string | null;
export function findFirefox(): string | null;

/** Where Next.js is installed for the proofs that need it. */
export const NEXT: string;

/** The application that is built there. */
export const NEXT_APPLICATION: string;

/** A sentence, or null where it is installed and the application built. */
export function whyNextIsMissing(): string | null;
