export function findChromium(): string | null;
export function findNginx(): string | null;
export function findFirefox(): string | null;
