/**
 * Holds the subset to what Julia itself showed (tests/fixtures/julia-doctests) and tells where the two part.
 *
 *   node scripts/doctests.ts           the figures, and every difference with both answers
 *   node scripts/doctests.ts --write   takes what agrees by now out of known.json, and enters what is new
 */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { checkFacts, knownDifferences, knownFile, type KnownDifference } from '../src/lib/julia/corpus/record-files.ts';
import { programOf } from '../src/lib/julia/corpus/record.ts';

const checked = checkFacts();
const known = knownDifferences();

const unknown: KnownDifference = { refused: {}, differs: {} };
for (const { fact, answer, verdict } of checked) {
  if (verdict === 'agrees') {
    const [said, expected] = [answer.trouble?.message ?? '', fact.output.slice('ERROR: '.length)].map(
      (words) => words.split('\n')[0],
    );
    if (answer.trouble && said !== expected)
      console.log(`words  ${fact.address}\n${programOf(fact)}\n  Julia: ${expected}\n  here:  ${said}\n`);
    continue;
  }
  const program = programOf(fact);
  const reasonOf = Object.entries(known[verdict]).find(([, programs]) => programs.includes(program))?.[0];
  const reason =
    reasonOf ??
    (verdict === 'refused' ? (answer.trouble?.message ?? '').split('\n')[0] : undefined) ??
    'not looked at yet';
  (unknown[verdict][reason] ??= []).push(program);
  if (!reasonOf)
    console.log(
      `${verdict}  ${fact.address}\n${program}\n  Julia: ${fact.output}\n  here:  ${answer.printed}${answer.trouble ? `ERROR: ${answer.trouble.message}` : answer.text}\n`,
    );
}

const count = (verdict: string): number => checked.filter((one) => one.verdict === verdict).length;
console.log(
  `${checked.length} programs: ${count('agrees')} agree, ${count('refused')} are refused, ${count('differs')} differ`,
);

if (process.argv.includes('--write')) {
  const options = await resolveConfig(knownFile.pathname);
  writeFileSync(knownFile, await format(JSON.stringify(unknown), { ...options, filepath: knownFile.pathname }));
}
