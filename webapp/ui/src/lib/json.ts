export type TokenKind = 'key' | 'string' | 'number' | 'literal' | 'punctuation' | 'space';

export interface JsonToken {
  kind: TokenKind;
  text: string;
}

const LEXEME = /\s+|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\]:,]/gy;

/**
 * Indents JSON without parsing it into values: numbers keep every digit, and keys keep their order and their doubles.
 * Returns undefined where the text is not JSON; the caller then shows it as it is.
 */
export function prettyJson(text: string): JsonToken[] | undefined {
  const lexemes = lex(text);
  return lexemes && isJson(text) ? indent(lexemes) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function lex(text: string): string[] | undefined {
  const lexemes: string[] = [];
  LEXEME.lastIndex = 0;
  while (LEXEME.lastIndex < text.length) {
    const match = LEXEME.exec(text);
    if (match === null) {
      return undefined;
    }
    if (match[0].trim() !== '') {
      lexemes.push(match[0]);
    }
  }
  return lexemes;
}

function indent(lexemes: string[]): JsonToken[] {
  const tokens: JsonToken[] = [];
  let depth = 0;
  const newline = () => tokens.push({ kind: 'space', text: `\n${'  '.repeat(depth)}` });

  lexemes.forEach((lexeme, index) => {
    const next = lexemes[index + 1];
    if (lexeme === '{' || lexeme === '[') {
      tokens.push({ kind: 'punctuation', text: lexeme });
      depth += 1;
      if (next !== '}' && next !== ']') {
        newline();
      }
    } else if (lexeme === '}' || lexeme === ']') {
      depth -= 1;
      const before = lexemes[index - 1];
      if (before !== '{' && before !== '[') {
        newline();
      }
      tokens.push({ kind: 'punctuation', text: lexeme });
    } else if (lexeme === ',') {
      tokens.push({ kind: 'punctuation', text: ',' });
      newline();
    } else if (lexeme === ':') {
      tokens.push({ kind: 'punctuation', text: ': ' });
    } else {
      tokens.push({ kind: kindOf(lexeme, next), text: lexeme });
    }
  });
  return tokens;
}

function kindOf(lexeme: string, next: string | undefined): TokenKind {
  if (lexeme.startsWith('"')) {
    return next === ':' ? 'key' : 'string';
  }
  return lexeme === 'true' || lexeme === 'false' || lexeme === 'null' ? 'literal' : 'number';
}
