/** The stack that the user chose, kept for the next time DevTools is opened. A browser may keep no data for extensions. */
const KEY = 'stack';

/** The stack that was chosen last; null when none was, or nothing could be kept. */
export function rememberedStack(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps it, where that is allowed. */
export function rememberStack(stack: string): void {
  try {
    localStorage.setItem(KEY, stack);
  } catch {
    // It then holds until the panel is closed.
  }
}
