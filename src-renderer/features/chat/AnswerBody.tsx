import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#contract/chat.ts';
import { useDeployments } from '../../rpc/live.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { SafeMarkdown } from '../../ui/SafeMarkdown.tsx';
import { answerAgain, useChat } from './chatStore.ts';
import { Remark } from './Remark.tsx';

/** An answer: its text, growing while it is written, and in words how it ended and what it took. */
export function AnswerBody({ message, modelId, isAnswering }: { message: Message; modelId: string | null; isAnswering: boolean }) {
	if (message.status === 'streaming') return <GrowingAnswer messageId={message.id} modelId={modelId} />;
	return (
		<>
			<SafeMarkdown text={message.content} />
			<Ending message={message} isAnswering={isAnswering} />
			<UsageLine message={message} />
		</>
	);
}

/** The text so far. React may pass over states it has no time to draw, so typing stays smooth beside a fast model. */
function GrowingAnswer({ messageId, modelId }: { messageId: string; modelId: string | null }) {
	const text = useDeferredValue(useChat((state) => state.live[messageId] ?? ''));
	return (
		<Box aria-busy="true" sx={{ minHeight: 44 }}>
			{text === '' ? <Waiting modelId={modelId} /> : <SafeMarkdown text={text} />}
		</Box>
	);
}

/** What an answer waits for before its first word: the model to be made ready and loaded, or the prompt to be read. */
function Waiting({ modelId }: { modelId: string | null }) {
	const { t } = useTranslation('chat');
	const format = useFormat();
	const { value: deployments } = useDeployments();
	const own = deployments?.filter((deployment) => deployment.modelId === modelId) ?? [];
	const isRunning = own.some(({ state }) => state === 'running');
	const loading = isRunning ? undefined : own.find(({ state }) => state === 'loading');
	const words = loading
		? t('answer.loading', { name: loading.modelName, share: format.percent(loading.loadFraction) })
		: t(isRunning ? 'answer.reading' : 'answer.preparing');
	return (
		<Box role="status" sx={{ maxWidth: 320 }}>
			<Typography sx={{ color: 'text.secondary', mb: 1, fontVariantNumeric: 'tabular-nums' }}>{words}</Typography>
			<LinearProgress aria-label={words} {...(loading && { variant: 'determinate', value: loading.loadFraction * 100 })} />
		</Box>
	);
}

/** Says how an answer ended where it did not simply end, and offers to have it written again. */
function Ending({ message, isAnswering }: { message: Message; isAnswering: boolean }) {
	const { t } = useTranslation('chat');
	const words = endingWords(message);
	const again = { label: t('message.regenerate'), onClick: () => void answerAgain(message.id) };
	return (
		<>
			{words !== null && <Remark words={t(words)} action={{ ...again, isDisabled: isAnswering }} />}
			<ErrorNotice error={message.failure} action={isAnswering || words !== null ? undefined : again} sx={{ mt: 1 }} />
		</>
	);
}

function endingWords(message: Message): 'answer.stopped' | 'answer.cut' | 'answer.length' | 'answer.budget' | null {
	if (message.status === 'stopped') return 'answer.stopped';
	if (message.status === 'cut') return 'answer.cut';
	if (message.finish === 'budget') return 'answer.budget';
	return message.finish === 'length' ? 'answer.length' : null;
}

function UsageLine({ message: { usage, charged } }: { message: Message }) {
	const { t } = useTranslation('chat');
	const format = useFormat();
	if (usage === null) return null;
	const parts = [
		t('usage.prompt', { tokens: format.number(usage.promptTokens) }),
		t('usage.completion', { tokens: format.number(usage.completionTokens) }),
		t('usage.speed', { speed: format.number(usage.tokensPerSecond, 1) }),
		t('usage.first', { time: format.duration(usage.firstTokenMs) }),
		...(charged === null ? [] : [t('usage.charged', { tokens: format.number(charged) })]),
	];
	return (
		<Typography variant="caption" component="div" sx={{ mt: 0.5, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
			{parts.join(' · ')}
		</Typography>
	);
}
