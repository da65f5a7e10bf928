/** The works that an article cites, as the citations' plugin leaves them in its front matter. */
import { z } from 'astro/zod';

const schema = z.object({
  references: z.array(z.object({ key: z.string(), text: z.string(), url: z.string().nullable() })).default([]),
});

export type Reference = z.infer<typeof schema>['references'][number];

export function referencesOf(frontmatter: unknown): readonly Reference[] {
  return schema.parse(frontmatter).references;
}
