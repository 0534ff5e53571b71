import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { compareSettings } from './compareSettings.ts';
import type { FollowedRun } from './mergeRun.ts';
import { resultRows } from './resultRows.ts';
import { runNames } from './runNames.ts';
import { useResultWords } from './useResultWords.ts';
import { useRunWords } from './useRunWords.ts';
import { useSettingWords } from './useSettingWords.ts';

/** What two runs are of, the settings in which they differ, and the figures that came of them. */
export function CompareTable({ pair }: { pair: readonly [FollowedRun, FollowedRun] }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const settingWords = useSettingWords();
	const resultWords = useResultWords();
	const words = useRunWords();
	const runs = pair.map(({ run }) => run);
	const differing = compareSettings(runs.map(({ settings }) => settings));
	const results = runs.map(({ outcome }) => (outcome === null ? [] : resultRows(outcome)));
	const names = [...new Set(results.flatMap((rows) => rows.map(({ name }) => name)))];
	const rows: { id: string; name: string; values: string[]; group: 'of' | 'settings' | 'results' }[] = [
		{ id: 'state', name: t('runs.state'), values: runs.map((run) => words.state(run)), group: 'of' },
		{ id: 'model', name: t('newRun.model'), values: runs.map(({ modelName }) => modelName), group: 'of' },
		{ id: 'dataset', name: t('newRun.dataset'), values: runs.map((run) => words.dataset(run)), group: 'of' },
		{ id: 'intent', name: t('compare.intent'), values: runs.map(({ intent }) => t(`intent.${intent}.title`)), group: 'of' },
		{ id: 'steps', name: t('run.figures.step'), values: runs.map(({ step }) => format.number(step)), group: 'of' },
		...differing.map((name) => ({
			id: name,
			name: t(`settings.names.${name}`),
			values: runs.map(({ settings }) => settingWords(name, settings)),
			group: 'settings' as const,
		})),
		...names.map((name) => ({
			id: `result-${name}`,
			name: t(`result.names.${name}`),
			values: results.map((of) => {
				const row = of.find((each) => each.name === name);
				return row ? resultWords.value(row, row.after) : '–';
			}),
			group: 'results' as const,
		})),
	];
	return (
		<TableContainer component={Paper} variant="outlined" sx={{ flex: 'none' }}>
			<Table aria-label={t('compare.title')}>
				<TableHead>
					<TableRow>
						<TableCell component="td" sx={{ width: '34%' }} />
						{runNames(runs).map((name) => (
							<TableCell key={name} dir="auto">
								{name}
							</TableCell>
						))}
					</TableRow>
				</TableHead>
				{(['of', 'settings', 'results'] as const).map((group) => (
					<TableBody key={group}>
						<TableRow>
							<TableCell component="th" scope="rowgroup" colSpan={3} sx={{ bgcolor: 'surface.sunken', fontWeight: 600 }}>
								{t(`compare.groups.${group}`)}
							</TableCell>
						</TableRow>
						{rows.every((row) => row.group !== group) && (
							<TableRow>
								<TableCell colSpan={3} sx={{ color: 'text.secondary' }}>
									{t(group === 'settings' ? 'compare.sameSettings' : 'compare.noResults')}
								</TableCell>
							</TableRow>
						)}
						{rows
							.filter((row) => row.group === group)
							.map((row) => (
								<TableRow key={row.id}>
									<TableCell role="rowheader" sx={{ color: 'text.secondary' }}>
										{row.name}
									</TableCell>
									{row.values.map((value, index) => (
										// The columns never move.
										// biome-ignore lint/suspicious/noArrayIndexKey: see above
										<TableCell key={index} dir="auto" sx={{ overflowWrap: 'anywhere' }}>
											{value}
										</TableCell>
									))}
								</TableRow>
							))}
					</TableBody>
				))}
			</Table>
		</TableContainer>
	);
}
