/** Exit status of every command; public. */
export const EXIT = { fine: 0, findings: 1, unusable: 2, idle: 3 } as const;
