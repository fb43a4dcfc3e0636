import { describe, expect, it } from 'vitest';
import { javaCall, javaString, typescriptCall } from './snippets';

describe('javaString', () => {
  it('leaves nothing that would end or change the text', () => {
    expect(javaString('say "hi" \\ \t')).toBe('"say \\"hi\\" \\\\ \\t"');
  });

  it('takes a text block for what is long or has lines', () => {
    expect(javaString('{\n  "a": """\n}')).toBe(
      '"""\n            {\n              "a": \\"""\n            }\\\n            """',
    );
    expect(javaString('x'.repeat(61))).toMatch(/^"""/);
  });
});

describe('the calls', () => {
  it('name the task and carry the payload', () => {
    expect(javaCall('a"b', '{}')).toContain('TaskReference.to("a\\"b", JsonNode.class, JsonNode.class)');
    expect(typescriptCall('a"b', '{"n":1}')).toContain('await tasks.trigger("a\\"b", {"n":1});');
  });
});
