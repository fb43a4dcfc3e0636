import { describe, expect, it } from 'vitest';
import { shellQuote, triggerCommand } from './curl';

describe('shellQuote', () => {
  it('leaves nothing for the shell to expand', () => {
    expect(shellQuote('$(rm -rf ~) `id` "x" \\ \n')).toBe(`'$(rm -rf ~) \`id\` "x" \\ \n'`);
  });

  it('closes and opens the quotes around a single quote', () => {
    expect(shellQuote("it's")).toBe("'it'\\''s'");
  });
});

describe('triggerCommand', () => {
  it('names the task in the address and the key only by its variable', () => {
    const command = triggerCommand('http://localhost:3030', 'a/b c', '{"name":"O\'Neil"}');
    expect(command).toContain("'http://localhost:3030/api/v1/tasks/a%2Fb%20c/trigger'");
    expect(command).toContain('Bearer $RUNYARD_SECRET_KEY');
    expect(command).toContain(`-d '{"payload":{"name":"O'\\''Neil"}}'`);
  });
});
