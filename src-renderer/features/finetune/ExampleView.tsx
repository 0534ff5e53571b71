import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExampleTurn } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';

/** Characters of a turn that are shown until more is asked for: what is learnt should be seen without searching. */
const firstCharacters = { system: 200, user: 600, assistant: 1200 } as const;

/** One example as it is read: who says what, and marked what is learnt from. */
export function ExampleView({ label, turns }: { label: string; turns: readonly ExampleTurn[] }) {
	const { t } = useTranslation('finetune');
	return (
		<Box component="article" aria-label={label} sx={{ px: 2, py: 1.5, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Typography variant="caption" sx={{ color: 'text.secondary', display: 'block', mb: 0.5 }}>
				{label}
			</Typography>
			<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: 2, rowGap: 0.75 }}>
				{turns.map(({ role, content }, index) => (
					// The turns of an example never change.
					// biome-ignore lint/suspicious/noArrayIndexKey: see above
					<Box key={index} sx={{ display: 'contents' }}>
						<Typography component="dt" sx={{ color: role === 'assistant' ? 'primary.main' : 'text.secondary', fontWeight: role === 'assistant' ? 600 : 400 }}>
							{t(`datasets.roles.${role}`)}
						</Typography>
						<Box component="dd" sx={{ m: 0, minWidth: 0 }}>
							<Turn content={content} shown={firstCharacters[role]} />
						</Box>
					</Box>
				))}
			</Box>
		</Box>
	);
}

function Turn({ content, shown }: { content: string; shown: number }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const [isWhole, setWhole] = useState(false);
	// A few more are sooner read than asked for.
	if (content.length <= shown * 1.2 || isWhole) return <PlainText text={content} />;
	const left = content.length - shown;
	return (
		<>
			<PlainText text={`${content.slice(0, shown).trimEnd()}…`} />
			<Button size="small" onClick={() => setWhole(true)} sx={{ ml: -1 }}>
				{t('datasets.moreCharacters', { count: left, number: format.number(left) })}
			</Button>
		</>
	);
}
