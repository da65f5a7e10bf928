/**
 * From the results of a plan to sentences. The words are those of the pre-registration; a sentence says what its interval
 * says and no more. Numbers: accuracies in percentage points, intervals 95 % t intervals of paired differences.
 */
import type { ArmResult, ControlName, PlanResult } from '../../lib/attention/sweep/merge.ts';
import { ARMS } from '../../lib/attention/transforms.ts';
import { CONTROLS, WANTED_HALF_WIDTH, WORTH } from '../../lib/attention/sweep/merge.ts';
import { alphaText, armText, labelOf, list, range, runCount, signed } from './words.ts';

export interface VerdictCard {
  /** Short answer. */
  readonly headline: string;
  /** What has been run. */
  readonly state: string;
  /** Two questions that are easily taken for one, each with its answer. None while a plan is incomplete. */
  readonly lines: readonly { readonly asked: string; readonly answer: string }[];
  /** What the data say. */
  readonly found: readonly string[];
  /** What they cannot say. */
  readonly open: readonly string[];
}

const HEADLINES: Readonly<Record<PlanResult['conclusion'], string>> = {
  fruitful: 'Fruitful here: better than V, and better than centring, at the same α',
  'helps, but no more than centring does': 'It helps, but no more than centring does',
  'no benefit shown': 'No benefit shown',
  incomplete: 'Not finished: no conclusion',
  'not asked': 'Not a test of the proposal',
};

const alphas = (arms: readonly ArmResult[]): string => list(arms.map(({ alpha }) => alphaText(alpha)));
const count = (value: number): string => value.toLocaleString('en-GB');
const significant = (difference: { readonly holm: number } | undefined): boolean =>
  difference !== undefined && difference.holm < 0.05;

/** `The largest mean is +0.71 points (95 % interval −0.70 to +2.12), at α = 0.5.` */
function largest(tested: readonly ArmResult[]): string[] {
  const [best] = tested
    .flatMap((arm) => (arm.toBaseline ? [{ arm, accuracy: arm.toBaseline.accuracy }] : []))
    .sort((a, b) => b.accuracy.mean - a.accuracy.mean);
  if (!best) return [];
  const { accuracy, arm } = best;
  return [
    `The highest mean of V + α N S stands ${signed(accuracy.mean, 2)} points from V (95 % interval ${range(accuracy.t)}), at α = ${alphas([arm])}.`,
  ];
}

/** Its whole interval lies within what counts as no difference worth having, whatever side of 0 it is on. */
const isSlight = ({ toBaseline }: ArmResult): boolean =>
  toBaseline !== undefined && toBaseline.accuracy.t.low > -WORTH && toBaseline.accuracy.t.high < WORTH;

/** The interval leaves out all that is not worth having. */
const isWorth = ({ toBaseline }: ArmResult): boolean =>
  toBaseline !== undefined && (toBaseline.accuracy.t.low >= WORTH || toBaseline.accuracy.t.high <= -WORTH);

/** As many arms are named in one of the two lines; more are counted, and named below. */
const FEW = 3;

/** Is there a difference from V at all, and is it one worth having? */
function realAndWorth(arms: readonly ArmResult[]): VerdictCard['lines'] {
  const told = arms.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
  const say = (words: string, these: readonly ArmResult[]): string[] =>
    these.length > 0 ? [`${words} ${these.length > FEW ? `${these.length} arms` : named(these, false)}`] : [];
  const groups = (these: readonly ArmResult[]): string[] => [
    ...say(
      'better:',
      these.filter(({ verdict }) => verdict === 'better'),
    ),
    ...say(
      'worse:',
      these.filter(({ verdict }) => verdict === 'worse'),
    ),
  ];
  const none = 'no arm can be told from V after correction.';
  const worth = told.filter(isWorth);
  const slight = told.filter(isSlight);
  const open = told.filter((arm) => !isWorth(arm) && !isSlight(arm));
  const answers = [
    ...groups(worth),
    ...say('too little:', slight),
    ...say('real, but it may be more or less than that:', open),
  ];
  return [
    { asked: 'Real (told from V)?', answer: told.length > 0 ? `${groups(told).join('; ')}.` : none },
    {
      asked: `Worth having (${WORTH} points or more)?`,
      answer: answers.length > 0 ? `${answers.join('; ')}.` : 'nothing is shown to be.',
    },
  ];
}

/** Sentences on the alphas of the proposal, by their verdicts. */
function proposal(tested: readonly ArmResult[]): string[] {
  const having = (verdict: ArmResult['verdict']): ArmResult[] => tested.filter((arm) => arm.verdict === verdict);
  const sentences: string[] = [];
  const [better, worse, none] = [having('better'), having('worse'), having('no difference worth having')];
  if (better.length) sentences.push(`V + α N S is better than V at α = ${alphas(better)}.`);
  const slight = better.filter(isSlight);
  if (slight.length) {
    sentences.push(
      `At α = ${alphas(slight)} it is better by less than was said to be worth having: the interval lies within ${WORTH} points of 0.`,
    );
  }
  if (worse.length) sentences.push(`V + α N S is worse than V at α = ${alphas(worse)}.`);
  if (none.length) {
    sentences.push(
      `No difference worth having at α = ${alphas(none)}: the interval lies within ${WORTH} points either side of 0.`,
    );
  }
  return sentences;
}

const CONTROL_WORDS: Readonly<Record<ControlName, string>> = {
  linear: 'the linear control, which has no softmax',
  'add-exp': 'V + α exp V, which bends each value by itself',
  'add-features': 'V + α d S over features, the softmax along the other axis',
};

/** One sentence to each control that the plan has, on the proposal against it at the same alpha. */
function besideControls(tested: readonly ArmResult[]): string[] {
  return CONTROLS.flatMap((control) => {
    const compared = tested.flatMap((arm) => {
      const accuracy = arm.toControls?.[control]?.accuracy;
      return accuracy ? [{ arm, accuracy }] : [];
    });
    if (!compared.length) return [];
    const told = compared.filter(({ accuracy }) => significant(accuracy));
    const up = told.filter(({ accuracy }) => accuracy.mean > 0).map(({ arm }) => arm);
    const down = told.filter(({ accuracy }) => accuracy.mean < 0).map(({ arm }) => arm);
    if (!told.length) return [`At no α can it be told from ${CONTROL_WORDS[control]}.`];
    const parts = [
      ...(up.length ? [`above it at α = ${alphas(up)}`] : []),
      ...(down.length ? [`below it at α = ${alphas(down)}`] : []),
    ];
    return [`Against ${CONTROL_WORDS[control]}, V + α N S is, at the same α, ${parts.join(' and ')}.`];
  });
}

/** `N S (−2.1 to −1.3) and V + α S at α = 0.25 and 0.5`: arms without alpha with their intervals, the others by their alphas. */
function named(arms: readonly ArmResult[], intervals = true): string {
  return list(
    [...new Set(arms.map(({ arm }) => arm))].flatMap((name) => {
      const here = arms.filter(({ arm }) => arm === name);
      if (ARMS[name].usesAlpha) return `${labelOf(name)} at α = ${alphas(here)}`;
      return here.map(
        (arm) => armText(arm) + (intervals && arm.toBaseline ? ` (${range(arm.toBaseline.accuracy.t)})` : ''),
      );
    }),
  );
}

/** Sentences on all arms but V, the proposal and its linear control. */
function otherArms(arms: readonly ArmResult[]): string[] {
  const rest = arms.filter(({ arm }) => arm !== 'V' && arm !== 'add-NS' && arm !== 'linear');
  const say = (verdict: ArmResult['verdict'], words: string): string[] => {
    const here = rest.filter((arm) => arm.verdict === verdict);
    return here.length ? [`${words}: ${named(here)}.`] : [];
  };
  return [
    ...say('better', 'Other arms better than V'),
    ...say('worse', 'Other arms worse than V'),
    ...say('no difference worth having', 'Other arms with no difference worth having'),
  ];
}

/** What stays open among arms that are done. */
function undecided(arms: readonly ArmResult[]): string[] {
  const open = arms.filter(({ verdict }) => verdict === 'undecided');
  if (!open.length) return [];
  const tested = open.filter(({ arm }) => arm === 'add-NS');
  const needs = open.flatMap(({ seedsNeeded }) => seedsNeeded ?? []);
  const which = [
    ...(tested.length ? [`V + α N S at α = ${alphas(tested)}`] : []),
    ...(open.length > tested.length
      ? [`${count(open.length - tested.length)} other arm${open.length - tested.length > 1 ? 's' : ''}`]
      : []),
  ];
  const [least, most] = [Math.min(...needs), Math.max(...needs)];
  return [
    `Undecided: ${list(which)}. Neither a difference nor its absence is shown. To narrow the interval to ${WANTED_HALF_WIDTH} points either side would take ${
      least === most ? count(least) : `${count(least)} to ${count(most)}`
    } seeds.`,
  ];
}

/**
 * Without the linear control the rule has no answer. The arms without alpha have one each. Where tokens are independent nothing can be
 * predicted: an arm that is better has seen what it must not.
 */
function unasked({ plan, arms }: PlanResult): string {
  const say = (verdict: ArmResult['verdict']): string[] => {
    const here = arms.filter((arm) => !ARMS[arm.arm].usesAlpha && arm.verdict === verdict);
    return here.length ? [`${list(here.map(armText))} ${verdict} than V`] : [];
  };
  const sentence = [...say('better'), ...say('worse')].join('; ');
  if (sentence === '') return HEADLINES['not asked'];
  return plan === 'independent' ? `A leak, for there is nothing to predict: ${sentence}` : sentence;
}

/**
 * The rule is about V + a N S. It must not hide that something else was found: a gain too small to be worth having, or one of the
 * softmax in place of V, which has no alpha.
 */
function addedHeadline(result: PlanResult, tested: readonly ArmResult[]): string | undefined {
  const { conclusion, arms } = result;
  const better = (these: readonly ArmResult[]): ArmResult[] => these.filter(({ verdict }) => verdict === 'better');
  if (conclusion === 'fruitful' && better(tested).every(isSlight))
    return 'Fruitful by the rule, and by too little to be worth having';
  const alone = better(arms.filter(({ arm }) => arm === 'S' || arm === 'NS'));
  if (conclusion === 'no benefit shown' && alone.length > 0)
    return `No benefit of V + α N S shown; ${list(alone.map(armText))} in place of V ${alone.length > 1 ? 'are' : 'is'} better`;
  return undefined;
}

/** What a card says of a headline that no registered rule gives. */
const ADDED_WORDS =
  'The words of this headline are not the registered ones: their rule was added when the result was known.';

/** The card of one plan. `note` is what else there is to say of its runs. */
export function verdictCard(result: PlanResult, note = ''): VerdictCard {
  const { done, planned } = runCount(result);
  const tested = result.arms.filter(({ arm }) => arm === 'add-NS');
  const unfinished = result.arms.filter(({ dots }) => dots.length < result.seeds).length;
  const label = result.exploratory ? 'Exploratory, outside the pre-registration. ' : '';
  const state = result.complete
    ? `${label}Complete: ${count(done)} runs, ${result.arms.length} arms with ${result.seeds} seeds each.`
    : `${label}Incomplete: ${count(done)} of ${count(planned)} runs; ${unfinished} of ${result.arms.length} arms lack seeds.`;
  if (result.conclusion === 'incomplete') {
    return {
      headline: HEADLINES.incomplete,
      state,
      lines: [],
      found: [],
      open: ['The number of seeds was fixed beforehand. Until all are run, nothing is concluded from those that are.'],
    };
  }
  const added = addedHeadline(result, tested);
  const plain = result.conclusion === 'not asked' ? unasked(result) : HEADLINES[result.conclusion];
  return {
    headline: added ?? plain,
    state: [state, note, added === undefined ? '' : ADDED_WORDS].filter((words) => words !== '').join(' '),
    lines: realAndWorth(result.arms),
    found: [...proposal(tested), ...largest(tested), ...besideControls(tested), ...otherArms(result.arms)],
    open: undecided(result.arms),
  };
}

/** The card of a plan that was registered and not begun. */
export function missingCard(arms: number, seeds: number): VerdictCard {
  return {
    headline: 'Not run yet',
    state: `Registered: ${count(arms * seeds)} runs, ${arms} arms with ${seeds} seeds each. None is there yet.`,
    lines: [],
    found: [],
    open: ['Nothing can be said.'],
  };
}
