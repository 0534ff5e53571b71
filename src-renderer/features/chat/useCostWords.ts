import { useTranslation } from 'react-i18next';
import { usefulTokens } from '#contract/priceOf.ts';
import { useBalance } from '../../rpc/live.ts';
import { useFormat } from '../../ui/format.ts';
import { answerCost } from './answerCost.ts';
import type { PromptTokens } from './usePromptTokens.ts';

/** What the next answer costs, said before it is asked for. */
export interface CostWords {
	words: string;
	/** The balance will pay for little of it, or for none. */
	isShort: boolean;
}

/** Says what the next answer will cost of the reader's balance; null where nothing is measured, or it is not known yet. */
export function useCostWords(prompt: PromptTokens, maxTokens: number): CostWords | null {
	const { t } = useTranslation('chat');
	const format = useFormat();
	const { value } = useBalance();
	const price = value?.prices.find(({ task }) => task === 'chat');
	if (!value?.balance.isMetered || !price) return null;
	const { available } = value.balance;
	const cost = answerCost({
		price,
		available,
		promptTokens: prompt.tokens,
		likelyPromptTokens: prompt.likelyTokens,
		maxTokens,
		contextTokens: prompt.contextTokens,
	});
	const left = format.number(available);
	if (cost.kind === 'unpaid') return { words: t('cost.unpaid', { needed: format.number(cost.needed), left }), isShort: true };
	if (cost.kind === 'shortened') {
		const words = t('cost.shortened', { least: format.number(cost.least), left, answer: format.number(cost.answerTokens) });
		return { words, isShort: cost.answerTokens < usefulTokens };
	}
	return { words: t('cost.paid', { least: format.number(cost.least), most: format.number(cost.most), left }), isShort: false };
}
