import { useTranslation } from 'react-i18next';
import { StateLabel } from '../../ui/StateLabel.tsx';
import type { DeskStatus } from './arrangeDesk.ts';

const tones = {
	noAnswer: 'quiet',
	notGraded: 'quiet',
	queued: 'quiet',
	grading: 'busy',
	proposed: 'warn',
	outdated: 'warn',
	settled: 'good',
	overtaken: 'warn',
	failed: 'bad',
} as const;

/** How an answer stands, in a word with a dot in the colour of its state. */
export function StatusLabel({ status }: { status: DeskStatus }) {
	const { t } = useTranslation('grading');
	return <StateLabel tone={tones[status]} label={t(`status.${status}`)} />;
}
