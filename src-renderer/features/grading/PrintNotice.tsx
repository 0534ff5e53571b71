import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counting } from '#contract/classReport.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { namesOfScripts } from './namesOfScripts.ts';
import { useReport } from './useReport.ts';

/**
 * Says before a PDF is made what of the class it cannot print, and offers Word, which can. It has its place from the beginning: as long as it
 * looks it says that, and where everything can be printed that.
 */
export function PrintNotice({ assignmentId, counting, students, onWord }: { assignmentId: string; counting: Counting; students: number; onWord: () => void }) {
	const { t, i18n } = useTranslation('grading');
	const format = useFormat();
	const ask = useMemo(() => (signal: AbortSignal) => client.grading.unprintable({ assignmentId, counting }, { signal }), [assignmentId, counting]);
	const { value, error } = useReport(ask);
	if (!value && !error)
		return (
			<Alert role="status" severity="info" variant="outlined" icon={<CircularProgress size={18} aria-hidden />}>
				{t('export.looking')}
			</Alert>
		);
	if (!value) return null;
	if (value.scripts.length === 0 && value.signs === 0)
		return (
			<Alert role="status" severity="success" variant="outlined">
				{t('export.printsAll')}
			</Alert>
		);
	const scripts = namesOfScripts(value.scripts, i18n.language);
	const letters = value.scripts.reduce((sum, script) => sum + script.letters, 0);
	const what = [
		...(letters > 0 ? [t('export.boxedLetters', { scripts, letters: format.number(letters) })] : []),
		...(value.signs > 0 ? [t('export.boxedSigns', { signs: format.number(value.signs) })] : []),
	];
	return (
		<Alert
			severity={value.isRefused ? 'warning' : 'info'}
			variant="outlined"
			action={
				<Button color="inherit" size="small" onClick={onWord}>
					{t('export.takeWord')}
				</Button>
			}
		>
			{value.isRefused
				? t('export.refused', { share: format.percent(value.fraction), scripts })
				: t('export.boxes', { what: new Intl.ListFormat(i18n.language).format(what) })}
			{value.students < students && ` ${t('export.lookedAt', { students: format.number(value.students), all: format.number(students) })}`}
		</Alert>
	);
}
