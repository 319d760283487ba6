/** A program that a lab scenario may need. */
export type Need = 'nginx' | 'haproxy' | 'apache' | 'curl' | 'python' | 'flask' | 'caddy' | 'redis';
export const NEEDS: Record<Need, { label: string; packages: string[] }>;
export function findChromium(): string | null;
export function findNeed(need: Need): string | null;
export function whatIsMissing(needs: Need | readonly Need[] | undefined): string | null;
export function findFirefox(): string | null;
