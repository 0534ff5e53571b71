import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Breach, breachesOf } from '#contract/breachesOf.ts';
import { measureCue } from '#contract/measureCue.ts';
import type { ReadingRules } from '#contract/readingRules.ts';
import { useFormat } from '../../ui/format.ts';
import { Term } from '../../ui/Term.tsx';

interface Props {
	text: string;
	startMs: number;
	endMs: number;
	/** The cue after it, null for the last one. */
	next: { startMs: number; endMs: number } | null;
	rules: ReadingRules;
	fps: number;
}

/** What a cue comes to as it is typed, beside what the reading rules allow; what breaks one is marked and said. */
export function CueMeasures({ text, startMs, endMs, next, rules, fps }: Props) {
	const { t } = useTranslation('subtitles');
	const format = useFormat();
	const { cps, lineCharacters, durationMs } = measureCue(text, startMs, endMs, rules);
	const breaches = breachesOf({ text, startMs, endMs }, next, rules, fps);
	const breaks = (...kinds: Breach['kind'][]) => breaches.some(({ kind }) => kinds.includes(kind));
	const seconds = (ms: number) => format.number(ms / 1000, 2);
	const ofDuration = breaches.find(({ kind }) => kind === 'tooShort' || kind === 'tooLong');
	const durationWords = ofDuration
		? t(ofDuration.kind === 'tooShort' ? 'measures.atLeast' : 'measures.atMost', { seconds: seconds(durationMs), limit: seconds(ofDuration.limit) })
		: t('measures.seconds', { seconds: seconds(durationMs) });
	return (
		<Box component="dl" aria-label={t('measures.label')} sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 2.5, rowGap: 0.25, typography: 'caption' }}>
			<Measure
				name={<Term name="readingSpeed">{t('measures.cps')}</Term>}
				isBroken={breaks('cps')}
				value={t('measures.of', { value: cps === null ? '–' : format.number(cps, 1), limit: format.number(rules.maxCps) })}
			/>
			<Measure
				name={t('measures.cpl')}
				isBroken={breaks('cpl')}
				value={t('measures.of', { value: lineCharacters.map((count) => format.number(count, 1)).join(' + '), limit: format.number(rules.maxCharsPerLine) })}
			/>
			<Measure
				name={t('measures.lines')}
				isBroken={breaks('lines')}
				value={t('measures.of', { value: format.number(lineCharacters.length), limit: format.number(rules.maxLines) })}
			/>
			<Measure name={t('measures.duration')} isBroken={breaks('tooShort', 'tooLong')} value={durationWords} />
			{breaches
				.filter(({ kind }) => kind === 'gap' || kind === 'overlap')
				.map(({ kind, measured, limit }) => (
					<Measure
						key={kind}
						name={t(`measures.${kind}`)}
						isBroken
						value={
							kind === 'overlap'
								? t('measures.intoNext', { seconds: seconds(measured) })
								: t('measures.frames', { frames: format.number(measured, 1), limit: format.number(limit) })
						}
					/>
				))}
		</Box>
	);
}

function Measure({ name, value, isBroken }: { name: ReactNode; value: string; isBroken: boolean }) {
	return (
		<Box sx={{ display: 'flex', gap: 0.75 }}>
			<Box component="dt" sx={{ color: 'text.secondary' }}>
				{name}
			</Box>
			<Box
				component="dd"
				sx={{ m: 0, fontVariantNumeric: 'tabular-nums', color: isBroken ? 'warning.main' : 'text.primary', fontWeight: isBroken ? 600 : 400 }}
			>
				{value}
			</Box>
		</Box>
	);
}
