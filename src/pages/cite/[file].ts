/** Each article for reference managers: BibTeX, RIS and CFF, under addresses that stay. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { addressOf, articlesInOrder, type Article } from '../../site/articles.ts';
import { bibtexOf, cffOf, risOf } from '../../site/publication.ts';

const FORMS = {
  bib: { write: bibtexOf, type: 'application/x-bibtex' },
  ris: { write: risOf, type: 'application/x-research-info-systems' },
  cff: { write: cffOf, type: 'application/yaml' },
} as const;
type Form = keyof typeof FORMS;

export const getStaticPaths = (async () =>
  (await articlesInOrder()).flatMap((article) =>
    (Object.keys(FORMS) as Form[]).map((form) => ({
      params: { file: `${article.id}.${form}` },
      props: { article, form },
    })),
  )) satisfies GetStaticPaths;

export const GET: APIRoute<{ article: Article; form: Form }> = ({ props: { article, form }, site }) => {
  const { write, type } = FORMS[form];
  const address = new URL(addressOf(article), site).href;
  return new Response(write(article, address), { headers: { 'content-type': `${type}; charset=utf-8` } });
};
