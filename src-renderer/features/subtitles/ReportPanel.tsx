import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { SubtitleProject } from '#contract/subtitles.ts';
import { visibleText } from '#contract/visibleText.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { goTo } from './benchActs.ts';
import { useFindingWords } from './useFindingWords.ts';
import { useReport } from './useReport.ts';

/** More would not be read; the saved report has them all. */
const mostShown = 150;

/** What a person should look at, the riskiest cues first; pressing one selects it. The whole report is saved as a page or a table. */
export function ReportPanel({ project, cues, cue }: { project: SubtitleProject; cues: readonly SubtitleCue[]; cue: SubtitleCue | null }) {
	const { t, i18n } = useTranslation('subtitles');
	const format = useFormat();
	const wordsOf = useFindingWords();
	const { report, error } = useReport(project.id, cues);
	const places = useMemo(() => new Map(cues.map((one, index) => [one.id, { cue: one, number: index + 1 }])), [cues]);
	const save = async (form: 'html' | 'csv') => {
		try {
			const { fileName, file } = await client.subtitles.saveReport({ projectId: project.id, form, language: i18n.language === 'zh' ? 'zh' : 'en' });
			saveFile(fileName, file);
		} catch (thrown) {
			notifyError(thrown);
		}
	};
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
			<ErrorNotice error={error} />
			<Typography role="status" sx={{ color: 'text.secondary' }}>
				{report && t('report.summary', { found: format.number(report.found), cues: format.number(report.cues) })}
			</Typography>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, '& > *': { flex: 'none' } }}>
				<Button size="small" variant="outlined" onClick={() => void save('html')}>
					{t('report.html')}
				</Button>
				<Button size="small" variant="outlined" onClick={() => void save('csv')}>
					{t('report.csv')}
				</Button>
			</Box>
			<Box component="ol" aria-label={t('report.list')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
				{report?.reported.slice(0, mostShown).map(({ cueId, findings }) => {
					const place = places.get(cueId);
					if (!place) return null;
					return (
						<Box component="li" key={cueId} sx={{ borderTop: 1, borderColor: 'divider', bgcolor: cueId === cue?.id ? 'action.selected' : 'transparent' }}>
							<ButtonBase onClick={() => void goTo(cueId)} sx={{ display: 'block', width: '100%', textAlign: 'start', py: 0.75, px: 0.5 }}>
								<Typography component="span" noWrap dir="auto" sx={{ display: 'block' }}>
									<Typography component="span" variant="caption" sx={{ color: 'text.secondary', mr: 1 }}>
										{format.number(place.number)}
									</Typography>
									{visibleText(place.cue.target ?? place.cue.source).replaceAll('\n', ' ')}
								</Typography>
								<Typography component="span" variant="caption" dir="auto" sx={{ display: 'block', color: 'text.secondary' }}>
									{findings.map(wordsOf).join(' · ')}
								</Typography>
							</ButtonBase>
						</Box>
					);
				})}
			</Box>
			{report && report.found > mostShown && <Typography variant="caption">{t('report.more', { count: report.found - mostShown })}</Typography>}
		</Box>
	);
}
