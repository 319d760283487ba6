import { afterEach, describe, expect, it, vi } from 'vitest';
import { rememberedStack, rememberStack } from './remembered-stack.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the remembered stack', () => {
  it('is what was chosen last', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    expect(rememberedStack()).toBeNull();
    rememberStack('NestJS');
    rememberStack('nginx');
    expect(rememberedStack()).toBe('nginx');
  });

  it('is none where nothing may be kept', () => {
    const refuse = () => {
      throw new DOMException('no storage', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    expect(() => rememberStack('nginx')).not.toThrow();
    expect(rememberedStack()).toBeNull();
  });
});
