import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import SubtitlesIcon from '@mui/icons-material/SubtitlesOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { useFormat } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import type { Unfinished } from './unfinished.ts';

const icons = { grading: GradingIcon, subtitles: SubtitlesIcon } as const;
const mostShown = 6;

/** What waits for the reader: each class and film with how much of it, and the way there. */
export function UnfinishedList({ unfinished }: { unfinished: readonly Unfinished[] }) {
	const { t } = useTranslation('home');
	const format = useFormat();
	if (unfinished.length === 0) return null;
	const more = unfinished.length - mostShown;
	return (
		<Section title={t('unfinished.title')}>
			{unfinished.slice(0, mostShown).map(({ id, kind, step, title, waiting, total, to }, index) => {
				const Icon = icons[kind];
				return (
					<Box key={id} sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, minHeight: 52, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
						<Icon aria-hidden sx={{ fontSize: 20, color: 'text.secondary' }} />
						<Box sx={{ flex: 1, minWidth: 0 }}>
							<Link component={RouterLink} to={to} dir="auto" underline="hover" noWrap sx={{ display: 'block', color: 'text.primary', fontWeight: 550 }}>
								{title}
							</Link>
							<Typography variant="caption" noWrap component="div" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
								{t(wordsOf(kind, step), { count: waiting, waiting: format.number(waiting), total: format.number(total) })}
							</Typography>
						</Box>
						<LinearProgress aria-hidden variant="determinate" value={total === 0 ? 0 : ((total - waiting) / total) * 100} sx={{ width: 72, flex: 'none' }} />
						<Button
							component={RouterLink}
							to={to}
							size="small"
							variant={index === 0 ? 'contained' : 'outlined'}
							color={index === 0 ? 'primary' : 'inherit'}
							aria-label={t('unfinished.actNamed', { act: t(`unfinished.acts.${step}`), title })}
							sx={{ minWidth: 112 }}
						>
							{t(`unfinished.acts.${step}`)}
						</Button>
					</Box>
				);
			})}
			{more > 0 && (
				<Typography variant="caption" sx={{ display: 'block', px: 2, py: 1, borderTop: 1, borderColor: 'divider', color: 'text.secondary' }}>
					{t('unfinished.more', { count: more })}
				</Typography>
			)}
		</Section>
	);
}

function wordsOf(kind: Unfinished['kind'], step: Unfinished['step']): string {
	return kind === 'grading' ? `unfinished.grading.${step}` : `unfinished.subtitles.${step}`;
}
