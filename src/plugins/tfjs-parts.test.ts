import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { withMemberReads, withoutStores } from './tfjs-parts.ts';

const rewritten = (code: string): string | null =>
  withMemberReads(code, parseSync('tfjs.js', code).program.body)?.toString() ?? null;

describe('withMemberReads', () => {
  it('reads single functions out of a namespace by name', () => {
    expect(rewritten("import * as ns from 'x';\nconst { a, b: c, } = ns;\nexport { a, c };")).toBe(
      "import * as ns from 'x';\nconst a = ns.a, c = ns.b;\nexport { a, c };",
    );
  });

  it('leaves other declarations and nested code as they are', () => {
    expect(rewritten('const { a } = f(); const [b] = c; function d(e) { const { g } = e; return g; }')).toBeNull();
  });
});

describe('withoutStores', () => {
  it('leaves the platform, without what it registers to save models', () => {
    const code =
      'if (browser) {\n  set(new Platform());\n  try { register(stores); }\n  catch (err) { }\n}\ntry { other(); } catch {}';
    expect(withoutStores(code, parseSync('tfjs.js', code).program.body).toString()).toBe(
      'if (browser) {\n  set(new Platform());\n  \n}\ntry { other(); } catch {}',
    );
  });
});
